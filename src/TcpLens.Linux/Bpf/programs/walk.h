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
    GROUPS = 8192,          /* keys that one run can tell */
    PLACES = 16384,
    PROBES = 64,            /* places that are looked at for a group */
};

/* A kind of socket: the kernel's state number in the low four bits, and these. */
enum {
    KIND_IPV6 = 0x10,
    KIND_MAPPED = 0x20,     /* an IPv6 socket that carries IPv4 */
    KIND_MINI = 0x40,       /* the small structure of TIME_WAIT */
    KIND_UNHELD = 0x80,     /* no process holds it; told of FIN_WAIT2 and SYN_RECV, and with WANT_SIGNS or WANT_DETAILS of all but TIME_WAIT */
    KIND_DETAILED = 0x100,  /* the row has its details */
    KIND_LEFT = 0x200,      /* no socket: the namespace has a list that is too long to be walked */
};

/* What is wanted of a run. */
enum {
    WANT_ROWS = 1,          /* a row for each socket instead of counts by kind */
    WANT_ALL = 2,           /* the sockets of every network namespace */
    WANT_SIGNS = 4,         /* with a row: who holds it, and the details of those states in which they show trouble */
    WANT_DETAILS = 8,       /* with a row: the details of every socket */
    WANT_GROUPS = 16,       /* counts by state for each key instead of by kind */
    WANT_OWNERS = 32,       /* with a row: inode, user and cgroup of every socket */
};

/* What makes a group. */
enum {
    KEY_LOCAL_PORT = 1,
    KEY_REMOTE_PORT = 2,
    KEY_REMOTE_PREFIX = 3,
    KEY_CGROUP = 4,
};

struct arguments {
    u64 first;              /* bucket, a multiple of count */
    u64 count;              /* a power of two, at most 4096, or 1024 of listeners */
    u64 want;
    u64 states;             /* bits by the kernel's state numbers, 12 among them */
    u64 key;
    u64 mask[2];            /* of a remote IPv6 address, as it lies in memory */
    u64 mask_v4;            /* the same of the second half of an IPv4 address that is written as an IPv6 one */
};

struct row {
    u64 net;                /* address of the namespace: a name, never followed */
    u16 kind;
    u16 local_port;         /* host order */
    u16 remote_port;        /* network order */
    u8 timer;               /* as inet_diag numbers them */
    u8 retransmits;
    u64 local[2], remote[2]; /* addresses as they lie in memory; IPv4 in the first four bytes */
    u32 receive_queue, send_queue; /* of a listener the accept queue and its limit */
    u32 uid, inode;
    u64 cgroup;
    u64 ticks;              /* until the timer fires; negative when it is late */
};

/* The sockets of one namespace with one key. */
struct group {
    u64 net;
    u64 key[2];
    u32 counts[16];         /* by the kernel's state number */
};

struct walk {
    /* What the run found. */
    u64 net, table, buckets;
    u64 rows;               /* told, or wanted: more than ROWS when there was no room */
    u64 visited;
    u64 drifted;            /* chains that led into another one */
    u64 overlong;           /* chains that were given up */
    u64 faults;             /* addresses without memory behind them */
    u64 groups;             /* told */
    u64 unplaced;           /* sockets whose group found no place */
    /* What was asked for. */
    u64 want, states;
    u64 slot;
    u64 key;                /* what makes a group */
    u64 reserved[2];
    u64 counts[KINDS];
    u16 places[PLACES];     /* the number of the group that stands there, from 1 on */
    /* Room to work in. */
    u64 mask[2], mask_v4;
    u64 now;                /* the kernel's clock, in ticks */
    u64 wanted[2];          /* the key of the socket at hand */
    u64 heads[HEADS];
    u64 sockets[STRIDE][COPY / 8];
    union {
        struct row row[ROWS];
        struct group group[GROUPS];
    };
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
#define LOAD(type, address) (*(const type *)bpf_rdonly_cast((const void *)(address), (u64)type__timespec64))
#define FIELD_PART(type, socket, member, part) LOAD(type, (socket) + OFFSET(sock_common, member) + (part))
#else
#define LOAD(type, address) ((type)(sizeof(type) == 8 ? read_u64(address) : sizeof(type) == 4 ? read_u32(address) : read_u8(address)))
#define COMMON_IS_COPIED
#define FIELD_PART(type, common, member, part) (*(const type *)((common) + OFFSET(sock_common, member) + (part)))
#endif
#define FIELD(type, common, member) FIELD_PART(type, common, member, 0)

/* A member of another structure of the kernel: of eight, four or one byte. */
#define MEMBER(type, address, structure, member) LOAD(type, (address) + OFFSET(structure, member))
