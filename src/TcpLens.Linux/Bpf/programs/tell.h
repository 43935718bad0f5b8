/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * What is told of a socket on which a walk stands: its kind is counted, or it gets a row, or it is counted in a group.
 */
#pragma once
#include "walk.h"


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
    } else if (state == TCP_FIN_WAIT2 || state == TCP_SYN_RECV || (walk.want & (WANT_SIGNS | WANT_OWNERS | WANT_DETAILS))) {
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

/* Behind the program, which has to be the first function, where it tells sockets: steps.h. */
STEP u64 tell_row(u64 socket, u64 kind);
STEP u64 tell_group(u64 socket, u64 kind);

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
        tell_group(socket, kind);
    } else if (walk.want & WANT_ROWS) {
        tell_row(socket, kind);
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
