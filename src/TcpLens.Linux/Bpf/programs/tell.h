/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * What is told of a socket on which a walk stands: its kind is counted, or it gets a row, or it is counted in a group.
 */
#pragma once
#include "walk.h"

DECLARE_OFFSET(sock, sk_cgrp_data);
DECLARE_OFFSET(cgroup, kn);
DECLARE_OFFSET(kernfs_node, id);
DECLARE_OFFSET(sock_common, skc_listener);

/* A kernel without cgroups has no such member, and every socket the number 0. */
KERNEL_CONSTANT(exists__sock__sk_cgrp_data);

/* The root of the cgroups: what has no other is in it. */
enum { ROOT_CGROUP = 1 };

/* The states in which a socket's details show trouble (SocketSigns.cs); those of ESTABLISHED show by who holds it. */
#define SIGNIFICANT ((1 << TCP_SYN_SENT) | (1 << TCP_SYN_RECV) | (1 << TCP_FIN_WAIT1) | (1 << TCP_CLOSE_WAIT) | (1 << TCP_LAST_ACK) \
    | (1 << TCP_CLOSING) | (1 << TCP_NEW_SYN_RECV) | (1 << TCP_LISTEN))

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
        state = MEMBER(u8, socket, inet_timewait_sock, tw_substate);
        kind = KIND_MINI;
    } else if (state == TCP_NEW_SYN_RECV) {
        kind = KIND_UNHELD;
    } else if (state == TCP_FIN_WAIT2 || state == TCP_SYN_RECV || (walk.want & (WANT_SIGNS | WANT_DETAILS))) {
        if (!MEMBER(u64, socket, sock, sk_socket))
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

    row->timer = 0;
    row->retransmits = 0;
    row->receive_queue = 0;
    row->send_queue = 0;
    row->uid = 0;
    row->inode = 0;
    row->cgroup = 0;
    row->ticks = 0;
    return row;
}

INLINE u64 cgroup_of(u64 socket)
{
    if (!(u64)exists__sock__sk_cgrp_data)
        return 0;
    u64 cgroup = MEMBER(u64, socket, sock, sk_cgrp_data);
    /* Before Linux 5.15 an odd number stood there for sockets that have something else than a cgroup of version 2. */
    if (!cgroup || (cgroup & 3))
        return ROOT_CGROUP;
    return MEMBER(u64, MEMBER(u64, cgroup, cgroup, kn), kernfs_node, id);
}

/* Behind the program, which has to be the first function: steps.h. */
STEP u64 tell_details(u64 socket, u64 kind);
STEP u64 count_in_group(u64 net, u64 state);

/* What makes the socket's group. */
INLINE void find_key(const u8 *common, u64 socket, u64 kind)
{
    u64 first = 0, second = 0;
    if (walk.key == KEY_LOCAL_PORT) {
        first = FIELD(u16, common, skc_num);
    } else if (walk.key == KEY_REMOTE_PORT) {
        first = FIELD(u16, common, skc_dport);
    } else if (walk.key == KEY_CGROUP) {
        /* A request has none; its listener has. */
        if ((kind & 15) == TCP_NEW_SYN_RECV)
            first = cgroup_of(FIELD(u64, common, skc_listener));
        else if (!(kind & KIND_MINI))
            first = cgroup_of(socket);
    } else if (kind & KIND_IPV6) {
        first = FIELD(u64, common, skc_v6_daddr);
        second = FIELD_PART(u64, common, skc_v6_daddr, 8);
        if (!first && (u32)second == 0xffff0000) {
            second &= walk.mask_v4;
        } else {
            first &= walk.mask[0];
            second &= walk.mask[1];
        }
    } else {
        second = (0xffff0000 | (u64)FIELD(u32, common, skc_daddr) << 32) & walk.mask_v4;
    }

    walk.wanted[0] = first;
    walk.wanted[1] = second;
}

/* Tells a socket, if it is one of those that are wanted. */
INLINE void tell_socket(const u8 *common, u64 socket, u64 net)
{
    if (net != walk.net && !(walk.want & WANT_ALL))
        return;
    u64 kind = kind_of(common, socket, FIELD(u8, common, skc_state));
    u64 state = 1 << (kind & 15);
    if (!(walk.states & state))
        return;
    if (walk.want & WANT_GROUPS) {
        find_key(common, socket, kind);
        count_in_group(net, kind);
    } else if (walk.want & WANT_ROWS) {
        if (new_row(common, net, kind) && ((walk.want & WANT_DETAILS) || ((walk.want & WANT_SIGNS) && (state & SIGNIFICANT) && !(kind & KIND_MINI))))
            tell_details(socket, kind);
    } else {
        walk.counts[within(kind, KINDS)]++;
    }
}

/* Takes what a run is asked for. */
INLINE void take(const struct arguments *arguments)
{
    walk.want = arguments->want;
    walk.states = arguments->states;
    walk.key = arguments->key;
    walk.mask[0] = arguments->mask[0];
    walk.mask[1] = arguments->mask[1];
    walk.mask_v4 = arguments->mask_v4;
    walk.net = own_net();
    walk.now = bpf_jiffies64();
}
