/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * What the programs need of the kernel: a way to name its structures, a way to read its memory, and its numbers.
 *
 * No structure of the kernel is declared here. OFFSET(struct, member) is an undefined symbol of that name; the loader finds the
 * offset in the type information of the running kernel and writes it into the instruction. One object file fits every kernel.
 */
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

/* Weak, or the compiler would take it for certain that an address is never 0. */
#define KERNEL_CONSTANT(name) extern const char name[] __attribute__((weak))
#define OFFSET(type, member) ((u64)offset__##type##__##member)
#define DECLARE_OFFSET(type, member) KERNEL_CONSTANT(offset__##type##__##member)

/* Where the program begins: the first function of the section. */
#define PROGRAM __attribute__((section("program"), used))

/*
 * A function that the verifier checks once, whoever calls it: global, with plain numbers as arguments. All of them take two and use
 * both, so that one description fits all: the compiler does not pass what is not used. Kernels before 6.2 refuse a loop whose head stands directly behind such a call: let a load stand between.
 */
#define STEP __attribute__((section("program"), noinline))
#define INLINE static inline __attribute__((always_inline))
#define KEEP_LOOP _Pragma("clang loop unroll(disable)")

static long (*const bpf_probe_read_kernel)(void *to, u32 size, const void *from) = (void *)113;
static u64 (*const bpf_get_current_task)(void) = (void *)35;
static u64 (*const bpf_jiffies64)(void) = (void *)118;

enum {
    AF_INET = 2,
    AF_INET6 = 10,
    TCP_SYN_SENT = 2,
    TCP_SYN_RECV = 3,
    TCP_FIN_WAIT1 = 4,
    TCP_FIN_WAIT2 = 5,
    TCP_TIME_WAIT = 6,
    TCP_CLOSE = 7,
    TCP_CLOSE_WAIT = 8,
    TCP_LAST_ACK = 9,
    TCP_LISTEN = 10,
    TCP_CLOSING = 11,
    TCP_NEW_SYN_RECV = 12,
};

/* A number from the kernel's memory; 0 where there is no memory. */
INLINE u64 read_u64(u64 address)
{
    u64 value = 0;
    bpf_probe_read_kernel(&value, sizeof(value), (const void *)address);
    return value;
}

INLINE u32 read_u32(u64 address)
{
    u32 value = 0;
    bpf_probe_read_kernel(&value, sizeof(value), (const void *)address);
    return value;
}

INLINE u8 read_u8(u64 address)
{
    u8 value = 0;
    bpf_probe_read_kernel(&value, sizeof(value), (const void *)address);
    return value;
}

/* A chain of a "nulls" list ends with an odd number that tells the chain's own number, instead of with 0. */
INLINE int is_end(u64 node)
{
    return node & 1;
}

/*
 * An index that older verifiers too can see to be in bounds: they follow an "and", and few other ways. The empty assembly keeps the compiler,
 * which sees more, from leaving the "and" out.
 */
INLINE u64 within(u64 index, u64 length)
{
    asm volatile("" : "+r"(index));
    return index & (length - 1);
}
