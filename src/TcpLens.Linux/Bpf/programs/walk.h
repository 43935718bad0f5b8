/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * What one run of a program leaves behind, shared with the reader by a memory-mapped map. WalkLayout.cs knows the same offsets.
 */
#pragma once
#include "kernel.h"

enum {
    HEADS = 256,        /* bucket heads read at once */
    STRIDE = 16,        /* chains followed in step */
    COPY = 128,         /* bytes of a socket's common part: two cache lines */
    ROWS = 16384,       /* sockets that one run can tell */
    KINDS = 512,
};

/* A kind of socket: the kernel's state number in the low four bits, and these. */
enum {
    KIND_IPV6 = 0x10,
    KIND_MAPPED = 0x20,     /* an IPv6 socket that carries IPv4 */
    KIND_MINI = 0x40,       /* the small structure of TIME_WAIT */
    KIND_UNHELD = 0x80,     /* FIN_WAIT2 or SYN_RECV that no process holds */
};

/* What is wanted of a run. */
enum {
    WANT_ROWS = 1,          /* a row for each socket instead of counts by kind */
    WANT_ALL = 2,           /* the sockets of every network namespace */
};

struct row {
    u64 net;                /* address of the namespace: a name, never followed */
    u16 kind;
    u16 local_port;         /* host order */
    u16 remote_port;        /* network order */
    u16 unused;
    u64 local[2], remote[2]; /* addresses as they lie in memory; IPv4 in the first four bytes */
    u32 queue, queue_limit; /* a listener's accept queue */
    u32 half_open;          /* a listener's SYN queue */
    u32 unused_too;
};

struct walk {
    /* What the run found. */
    u64 net, table, buckets;
    u64 rows;               /* told, or wanted: more than ROWS when there was no room */
    u64 visited;
    u64 drifted;            /* chains that led into another one */
    u64 overlong;           /* chains that were given up */
    u64 faults;             /* addresses without memory behind them */
    /* What was asked for. */
    u64 want;
    u64 slot;
    u64 reserved[6];
    u64 counts[KINDS];
    /* Room to work in. */
    u64 heads[HEADS];
    u64 sockets[STRIDE][COPY / 8];
    struct row row[ROWS];
};

extern struct walk walk;

DECLARE_OFFSET(task_struct, nsproxy);
DECLARE_OFFSET(nsproxy, net_ns);
DECLARE_OFFSET(net, ipv4);
DECLARE_OFFSET(net, ns);
DECLARE_OFFSET(net, list);
DECLARE_OFFSET(ns_common, inum);
DECLARE_OFFSET(ns_common, ops);
DECLARE_OFFSET(netns_ipv4, tcp_death_row);
DECLARE_OFFSET(inet_timewait_death_row, hashinfo);
DECLARE_OFFSET(inet_hashinfo, ehash);
DECLARE_OFFSET(inet_hashinfo, ehash_mask);
DECLARE_OFFSET(sock_common, skc_family);
DECLARE_OFFSET(sock_common, skc_state);
DECLARE_OFFSET(sock_common, skc_num);
DECLARE_OFFSET(sock_common, skc_dport);
DECLARE_OFFSET(sock_common, skc_rcv_saddr);
DECLARE_OFFSET(sock_common, skc_daddr);
DECLARE_OFFSET(sock_common, skc_v6_rcv_saddr);
DECLARE_OFFSET(sock_common, skc_v6_daddr);
DECLARE_OFFSET(sock_common, skc_net);
DECLARE_OFFSET(sock_common, skc_nulls_node);
DECLARE_OFFSET(sock, sk_socket);
DECLARE_OFFSET(inet_timewait_sock, tw_substate);

/* 1 where tcp_death_row is a pointer (Linux 5.18 to 6.0), 0 where it is a structure. */
KERNEL_CONSTANT(pointer__netns_ipv4__tcp_death_row);

/* The namespace of the calling task. */
INLINE u64 own_net(void)
{
    return read_u64(read_u64(bpf_get_current_task() + OFFSET(task_struct, nsproxy)) + OFFSET(nsproxy, net_ns));
}

/* The tables in which a namespace's sockets stand. Most namespaces share them. */
INLINE u64 hash_of(u64 net)
{
    u64 row = net + OFFSET(net, ipv4) + OFFSET(netns_ipv4, tcp_death_row);
    if ((u64)pointer__netns_ipv4__tcp_death_row)
        row = read_u64(row);
    return read_u64(row + OFFSET(inet_timewait_death_row, hashinfo));
}

INLINE u64 inode_of(u64 net)
{
    return read_u32(net + OFFSET(net, ns) + OFFSET(ns_common, inum));
}

/* The list of all namespaces is a ring, and one link in it, its head, stands in none of them: it has not what every namespace has. */
INLINE u64 mark_of(u64 net)
{
    return read_u64(net + OFFSET(net, ns) + OFFSET(ns_common, ops));
}

/*
 * A field of a socket. The programs for every kernel read a copy of the socket's common part; with PLAIN_LOADS (Linux 6.2 and newer) they read the
 * socket where it lies, a field at a time, which saves the copying. An address without memory then reads as 0.
 */
#ifdef PLAIN_LOADS
KERNEL_CONSTANT(type__timespec64);
extern void *bpf_rdonly_cast(const void *address, u32 type);
/* The type stands for "eight bytes that may be read": its first member is a plain number. */
#define FIELD(type, socket, member) (*(const type *)bpf_rdonly_cast((socket) + OFFSET(sock_common, member), (u64)type__timespec64))
#define FIELD_PART(type, socket, member, part) (*(const type *)bpf_rdonly_cast((socket) + OFFSET(sock_common, member) + (part), (u64)type__timespec64))
#else
#define FIELD_PART(type, common, member, part) (*(const type *)((common) + OFFSET(sock_common, member) + (part)))
#define FIELD(type, common, member) FIELD_PART(type, common, member, 0)
#endif

/* Whether one of the addresses is in ::ffff:0:0/96. */
INLINE int is_mapped(const u8 *common)
{
    return (FIELD(u64, common, skc_v6_rcv_saddr) == 0 && FIELD_PART(u32, common, skc_v6_rcv_saddr, 8) == 0xffff0000)
        || (FIELD(u64, common, skc_v6_daddr) == 0 && FIELD_PART(u32, common, skc_v6_daddr, 8) == 0xffff0000);
}

INLINE u64 kind_of(const u8 *common, u64 socket, u64 state)
{
    u64 kind = 0;
    if (state == TCP_TIME_WAIT) {
        state = read_u8(socket + OFFSET(inet_timewait_sock, tw_substate));
        kind = KIND_MINI;
    } else if (state == TCP_FIN_WAIT2 || state == TCP_SYN_RECV) {
        if (!read_u64(socket + OFFSET(sock, sk_socket)))
            kind = KIND_UNHELD;
    }

    if (FIELD(u16, common, skc_family) == AF_INET6) {
        kind |= KIND_IPV6;
        if (is_mapped(common))
            kind |= KIND_MAPPED;
    }

    return kind | (state & 15);
}

/* The next free row, filled with what every socket has; 0 when there is no room. */
INLINE struct row *new_row(const u8 *common, u64 net, u64 kind)
{
    u64 index = walk.rows++;
    if (index >= ROWS)
        return 0;
    struct row *row = &walk.row[within(index, ROWS)];
    row->net = net;
    row->kind = kind;
    row->local_port = FIELD(u16, common, skc_num);
    row->remote_port = FIELD(u16, common, skc_dport);
    if (kind & KIND_IPV6) {
        row->local[0] = FIELD(u64, common, skc_v6_rcv_saddr);
        row->local[1] = FIELD_PART(u64, common, skc_v6_rcv_saddr, 8);
        row->remote[0] = FIELD(u64, common, skc_v6_daddr);
        row->remote[1] = FIELD_PART(u64, common, skc_v6_daddr, 8);
    } else {
        row->local[0] = FIELD(u32, common, skc_rcv_saddr);
        row->remote[0] = FIELD(u32, common, skc_daddr);
    }

    return row;
}
