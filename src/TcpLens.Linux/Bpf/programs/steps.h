/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The parts of telling a socket (tell.h) that the verifier checks by themselves. Included behind the program, which has to be the first function.
 */
#pragma once
#include "tell.h"

DECLARE_OFFSET(sock, sk_uid);
DECLARE_OFFSET(sock, sk_cgrp_data);
DECLARE_OFFSET(cgroup, kn);
DECLARE_OFFSET(kernfs_node, id);
DECLARE_OFFSET(sock_common, skc_listener);
DECLARE_OFFSET(sock, sk_ack_backlog);
DECLARE_OFFSET(sock, sk_max_ack_backlog);
DECLARE_OFFSET(socket_alloc, socket);
DECLARE_OFFSET(socket_alloc, vfs_inode);
DECLARE_OFFSET(inode, i_ino);
DECLARE_OFFSET(timer_list, expires);
DECLARE_OFFSET(timer_list, entry);
DECLARE_OFFSET(hlist_node, pprev);
DECLARE_OFFSET(tcp_sock, rcv_nxt);
DECLARE_OFFSET(tcp_sock, copied_seq);
DECLARE_OFFSET(tcp_sock, write_seq);
DECLARE_OFFSET(tcp_sock, snd_una);
DECLARE_OFFSET(inet_connection_sock, icsk_pending);
DECLARE_OFFSET(inet_connection_sock, icsk_retransmits);
DECLARE_OFFSET(inet_connection_sock, icsk_probes_out);
DECLARE_OFFSET(inet_timewait_sock, tw_timer);
DECLARE_OFFSET(request_sock, rsk_timer);
DECLARE_OFFSET(request_sock, num_retrans);

/* A kernel without cgroups has no such member, and every socket the number 0. */
KERNEL_CONSTANT(exists__sock__sk_cgrp_data);
KERNEL_CONSTANT(exists__sock__sk_ino);
DECLARE_OFFSET(sock, sk_ino);

/*
 * Where the two timers of a socket stand. The one for segments had a number of its own for its end, icsk_timeout, before it was one timer with the
 * kernel's; later both moved.
 */
KERNEL_CONSTANT(exists__inet_connection_sock__icsk_timeout);
KERNEL_CONSTANT(exists__sock__tcp_retransmit_timer);
KERNEL_CONSTANT(exists__inet_connection_sock__icsk_retransmit_timer);
KERNEL_CONSTANT(exists__inet_connection_sock__icsk_keepalive_timer);
KERNEL_CONSTANT(exists__sock__sk_timer);
DECLARE_OFFSET(inet_connection_sock, icsk_timeout);
DECLARE_OFFSET(sock, tcp_retransmit_timer);
DECLARE_OFFSET(inet_connection_sock, icsk_retransmit_timer);
DECLARE_OFFSET(inet_connection_sock, icsk_keepalive_timer);
DECLARE_OFFSET(sock, sk_timer);

enum {
    /* idiag_timer, net/ipv4/inet_diag.c */
    TIMER_RETRANSMIT = 1,
    TIMER_KEEPALIVE = 2,
    TIMER_TIME_WAIT = 3,
    TIMER_PROBE = 4,
    /* icsk_pending, include/net/inet_connection_sock.h */
    PENDING_RETRANSMIT = 1,
    PENDING_PROBE = 3,
    PENDING_LOSS_PROBE = 5,
    PENDING_REORDERING = 6,
};

/* The root of the cgroups: what has no other is in it. */
enum { ROOT_CGROUP = 1 };

/* The states in which a socket's details show trouble (SocketSigns.cs); those of ESTABLISHED show by who holds it. */
#define SIGNIFICANT ((1 << TCP_SYN_SENT) | (1 << TCP_SYN_RECV) | (1 << TCP_FIN_WAIT1) | (1 << TCP_CLOSE_WAIT) | (1 << TCP_LAST_ACK) \
    | (1 << TCP_CLOSING) | (1 << TCP_NEW_SYN_RECV) | (1 << TCP_LISTEN))

/* The common part of the socket at hand: a copy, or where it lies. */
INLINE const u8 *common_of(u64 socket)
{
#ifdef COMMON_IS_COPIED
    return (const u8 *)walk.sockets[within(walk.slot, STRIDE)];
#else
    return (const u8 *)socket;
#endif
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

/* From Linux 6.17 on the socket keeps the number itself. */
INLINE u32 inode_of_socket(u64 socket)
{
    if ((u64)exists__sock__sk_ino)
        return MEMBER(u32, socket, sock, sk_ino);
    u64 file = MEMBER(u64, socket, sock, sk_socket);
    return file ? MEMBER(u32, file - OFFSET(socket_alloc, socket) + OFFSET(socket_alloc, vfs_inode), inode, i_ino) : 0;
}

INLINE u64 ticks_until(u64 timer)
{
    return MEMBER(u64, timer, timer_list, expires) - walk.now;
}

/* The timer for segments. */
INLINE u64 ticks_to_segment(u64 socket)
{
    if ((u64)exists__inet_connection_sock__icsk_timeout)
        return MEMBER(u64, socket, inet_connection_sock, icsk_timeout) - walk.now;
    if ((u64)exists__inet_connection_sock__icsk_retransmit_timer)
        return ticks_until(socket + OFFSET(inet_connection_sock, icsk_retransmit_timer));
    return (u64)exists__sock__tcp_retransmit_timer ? ticks_until(socket + OFFSET(sock, tcp_retransmit_timer)) : 0;
}

/* The timer that keeps alive; 0 where it is elsewhere. */
INLINE u64 keepalive_of(u64 socket)
{
    if ((u64)exists__inet_connection_sock__icsk_keepalive_timer)
        return socket + OFFSET(inet_connection_sock, icsk_keepalive_timer);
    return (u64)exists__sock__sk_timer ? socket + OFFSET(sock, sk_timer) : 0;
}

/* What inet_diag tells of the timers of a socket in full. */
INLINE void tell_timers(u64 socket, struct row *row)
{
    u64 pending = MEMBER(u8, socket, inet_connection_sock, icsk_pending);
    if (pending == PENDING_RETRANSMIT || pending == PENDING_REORDERING || pending == PENDING_LOSS_PROBE) {
        row->timer = TIMER_RETRANSMIT;
        row->retransmits = MEMBER(u8, socket, inet_connection_sock, icsk_retransmits);
        row->ticks = ticks_to_segment(socket);
        return;
    }

    if (pending == PENDING_PROBE) {
        row->timer = TIMER_PROBE;
        row->retransmits = MEMBER(u8, socket, inet_connection_sock, icsk_probes_out);
        row->ticks = ticks_to_segment(socket);
        return;
    }

    u64 keepalive = keepalive_of(socket);
    if (keepalive && LOAD(u64, keepalive + OFFSET(timer_list, entry) + OFFSET(hlist_node, pprev))) {
        row->timer = TIMER_KEEPALIVE;
        row->retransmits = MEMBER(u8, socket, inet_connection_sock, icsk_probes_out);
        row->ticks = ticks_until(keepalive);
    }
}

/* Fills the last row with what lies behind the socket's common part: cache lines that counting alone does not touch. */
STEP u64 tell_details(u64 socket, u64 kind)
{
    struct row *row = &walk.row[within(walk.rows - 1, ROWS)];
    row->kind = kind | KIND_DETAILED;
    if (kind & KIND_MINI) {
        row->timer = TIMER_TIME_WAIT;
        row->ticks = ticks_until(socket + OFFSET(inet_timewait_sock, tw_timer));
        return 0;
    }

    if ((kind & 15) == TCP_NEW_SYN_RECV) {
        row->timer = TIMER_RETRANSMIT;
        row->retransmits = MEMBER(u8, socket, request_sock, num_retrans);
        row->ticks = ticks_until(socket + OFFSET(request_sock, rsk_timer));
        return 0;
    }

    row->uid = MEMBER(u32, socket, sock, sk_uid);
    row->inode = inode_of_socket(socket);
    row->cgroup = cgroup_of(socket);
    if (!(walk.want & WANT_DETAILS) && !(SIGNIFICANT >> (kind & 15) & 1))
        return 0;
    if ((kind & 15) == TCP_LISTEN) {
        row->receive_queue = MEMBER(u32, socket, sock, sk_ack_backlog);
        row->send_queue = MEMBER(u32, socket, sock, sk_max_ack_backlog);
    } else {
        u32 unread = MEMBER(u32, socket, tcp_sock, rcv_nxt) - MEMBER(u32, socket, tcp_sock, copied_seq);
        row->receive_queue = (int)unread < 0 ? 0 : unread;
        row->send_queue = MEMBER(u32, socket, tcp_sock, write_seq) - MEMBER(u32, socket, tcp_sock, snd_una);
    }

    tell_timers(socket, row);
    return 0;
}

/* Counts a socket with the wanted key. */
STEP u64 count_in_group(u64 net, u64 state)
{
    u64 first = walk.wanted[0], second = walk.wanted[1];
    u64 hash = (first ^ (second * 0x9e3779b97f4a7c15) ^ (net >> 6)) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
    KEEP_LOOP
    for (u64 i = 0; i < PROBES; i++) {
        u16 *place = &walk.places[within(hash + i, PLACES)];
        if (!*place) {
            if (walk.groups >= GROUPS)
                break;
            struct group *group = &walk.group[within(walk.groups, GROUPS)];
            *place = ++walk.groups;
            group->net = net;
            group->key[0] = first;
            group->key[1] = second;
            KEEP_LOOP
            for (u64 j = 0; j < 16; j++)
                group->counts[j] = 0;
            group->counts[state & 15] = 1;
            return 0;
        }

        struct group *group = &walk.group[within(*place - 1, GROUPS)];
        if (group->key[0] == first && group->key[1] == second && group->net == net) {
            group->counts[state & 15]++;
            return 0;
        }
    }

    walk.unplaced++;
    return 0;
}

/* Gives the socket a row, if there is room. */
STEP u64 tell_row(u64 socket, u64 kind)
{
    const u8 *common = common_of(socket);
    u64 index = walk.rows++;
    if (index >= ROWS)
        return 0;
    struct row *row = &walk.row[within(index, ROWS)];
    row->net = FIELD(u64, common, skc_net);
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
    if ((walk.want & (WANT_OWNERS | WANT_DETAILS)) || ((walk.want & WANT_SIGNS) && (SIGNIFICANT >> (kind & 15) & 1) && !(kind & KIND_MINI)))
        tell_details(socket, kind);
    return 0;
}

/* Counts the socket in its group. */
STEP u64 tell_group(u64 socket, u64 kind)
{
    const u8 *common = common_of(socket);
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
    return count_in_group(FIELD(u64, common, skc_net), kind);
}
