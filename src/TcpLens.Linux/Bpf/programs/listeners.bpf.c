/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * Walks a range of buckets of the table of listeners, with their accept queues. Run as the walk over the other sockets is
 * (established.bpf.c), and drifted chains are told by their ends in the same way.
 */
#include "tell.h"

DECLARE_OFFSET(inet_listen_hashbucket, nulls_head);
DECLARE_OFFSET(inet_hashinfo, lhash2);
DECLARE_OFFSET(inet_hashinfo, lhash2_mask);
KERNEL_CONSTANT(size__inet_listen_hashbucket);

/* Before Linux 5.19 (and what was carried back to older ones) listeners stand in a table of 32 buckets inside the structure. */
KERNEL_CONSTANT(exists__inet_hashinfo__listening_hash);
DECLARE_OFFSET(inet_hashinfo, listening_hash);

enum {
    OLD_BUCKETS = 32,
    NULLS_BASE = 1 << 29,   /* LISTENING_NULLS_BASE, include/net/inet_hashtables.h */
    PIECE = 16,
    PIECES = 64,            /* of one run, 1024 buckets */
    STEPS = 64,
    CALLS = 256,
};

STEP u64 walk_piece(u64 first, u64 count);

/* Returns 0; 1 without a table, 2 when it has fewer buckets. */
PROGRAM int listeners(const struct arguments *arguments)
{
    u64 first = arguments->first, count = arguments->count;
    take(arguments);
    u64 hash = hash_of(walk.net);
    if ((u64)exists__inet_hashinfo__listening_hash) {
        walk.table = hash + OFFSET(inet_hashinfo, listening_hash);
        walk.buckets = OLD_BUCKETS;
    } else {
        walk.table = read_u64(hash + OFFSET(inet_hashinfo, lhash2));
        walk.buckets = (u64)read_u32(hash + OFFSET(inet_hashinfo, lhash2_mask)) + 1;
    }

    if (!walk.table)
        return 1;
    if (first + count > walk.buckets)
        return 2;
    KEEP_LOOP
    for (u64 i = 0; i < PIECES * PIECE; i += PIECE) {
        if (i >= count)
            break;
        walk_piece(first + i, count - i);
    }

    return 0;
}

/* Tells the listener at a node. Returns the node behind it. */
STEP u64 tell(u64 node, u64 slot)
{
    u64 socket = node - OFFSET(sock_common, skc_nulls_node);
    walk.slot = slot;
    u8 *common = (u8 *)walk.sockets[within(slot, STRIDE)];
    bpf_probe_read_kernel(common, COPY, (const void *)socket);
    u64 next = FIELD(u64, common, skc_nulls_node);
    u64 net = FIELD(u64, common, skc_net);
    walk.visited++;
    if (!next) {
        walk.faults++;
        return 1;
    }

    if (FIELD(u8, common, skc_state) == TCP_LISTEN)
        tell_socket(common, socket, net);
    return next;
}

STEP u64 follow(u64 node, u64 slot)
{
    KEEP_LOOP
    for (u64 i = 0; i < STEPS; i++) {
        if (is_end(node))
            break;
        node = tell(node, slot);
    }

    return node;
}

STEP u64 walk_bucket(u64 bucket, u64 node)
{
    if (!node) {
        walk.faults++;
        return 0;
    }

    KEEP_LOOP
    for (u64 i = 0; i < CALLS; i++) {
        if (is_end(node))
            break;
        node = follow(node, 0);
    }

    if (!is_end(node))
        walk.overlong++;
    else if (node >> 1 != NULLS_BASE + bucket)
        walk.drifted++;
    return 0;
}

/* Most buckets are empty, and there are up to 65,536: their heads are read several at once. */
STEP u64 walk_piece(u64 first, u64 count)
{
    u64 size = (u64)size__inet_listen_hashbucket;
    if (count > PIECE)
        count = PIECE;
    if (size > sizeof(walk.heads) / PIECE || count == 0) {
        walk.faults++;
        return 0;
    }

    if (bpf_probe_read_kernel(walk.heads, count * size, (const void *)(walk.table + first * size))) {
        walk.faults++;
        return 0;
    }

    KEEP_LOOP
    for (u64 i = 0; i < PIECE; i++) {
        if (i >= count)
            break;
        u64 node = walk.heads[within((i * size + OFFSET(inet_listen_hashbucket, nulls_head)) / sizeof(u64), HEADS)];
        if (!is_end(node))
            walk_bucket(first + i, node);
    }

    return 0;
}

#include "steps.h"
