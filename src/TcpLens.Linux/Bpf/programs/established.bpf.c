/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * Walks a range of buckets of the kernel's table of TCP sockets ("ehash"): every state but LISTEN and CLOSE, every namespace that shares
 * the table. Run by BPF_PROG_TEST_RUN, so that the whole run is one RCU section: what is visited may change, but does not turn into
 * something else than a socket, because their memory is freed by type (SLAB_TYPESAFE_BY_RCU).
 *
 * A socket that goes while the walk stands on it may come again in another chain, and leads the walk there. The end of each chain tells its
 * number: where it is not the one of the bucket, the chain has drifted, and the reader discards the run and walks the range again.
 *
 * The cost is waiting for memory. Therefore sixteen chains are followed in step: their loads do not depend on each other and overlap.
 */
#include "tell.h"

enum {
    ROUNDS = 8,             /* sockets of each chain that are visited in step; what is longer is followed alone */
    LONG_STEPS = 64,
    LONG_CALLS = 256,       /* LONG_STEPS * LONG_CALLS = ROWS: a longer chain could not be told anyway */
};

STEP u64 walk_group(u64 first, u64 count);

/* Returns 0; 1 without a table, 2 when it has fewer buckets. */
PROGRAM int established(const struct arguments *arguments)
{
    u64 first = arguments->first, count = arguments->count;
    take(arguments);
    u64 hash = hash_of(walk.net);
    walk.table = read_u64(hash + OFFSET(inet_hashinfo, ehash));
    walk.buckets = (u64)read_u32(hash + OFFSET(inet_hashinfo, ehash_mask)) + 1;
    if (!walk.table)
        return 1;
    if (first + count > walk.buckets)
        return 2;
    if (count <= HEADS) {
        walk_group(first, count);
        return 0;
    }

    KEEP_LOOP
    for (u64 group = 0; group < 4096; group += HEADS) {
        if (group >= count)
            break;
        walk_group(first + group, HEADS);
    }

    return 0;
}

/* Tells the socket at a node, which has been fetched to that slot. Returns the node behind it. */
STEP u64 tell(u64 slot, u64 node)
{
    u64 socket = node - OFFSET(sock_common, skc_nulls_node);
    walk.slot = slot;
#ifdef PLAIN_LOADS
    const u8 *common = (const u8 *)socket;
#else
    const u8 *common = (const u8 *)walk.sockets[within(slot, STRIDE)];
#endif
    u64 next = FIELD(u64, common, skc_nulls_node);
    u64 net = FIELD(u64, common, skc_net);
    walk.visited++;
    /* No chain ends with 0: the read has failed. */
    if (!next) {
        walk.faults++;
        return 1;
    }

    tell_socket(common, socket, net);
    return next;
}

#ifdef PLAIN_LOADS
/* Nothing is copied: the processor looks ahead by itself. */
INLINE void fetch(u64 slot, u64 node)
{
}
#else
INLINE void fetch(u64 slot, u64 node)
{
    bpf_probe_read_kernel(walk.sockets[within(slot, STRIDE)], COPY, (const void *)(node - OFFSET(sock_common, skc_nulls_node)));
}
#endif

/* One socket of each of sixteen chains. Returns an odd number when all of them have ended. */
STEP u64 advance(u64 index, u64 bucket)
{
    u64 *head = &walk.heads[index & (HEADS - STRIDE)];
    u64 ended = 1;
#ifndef PLAIN_LOADS
    KEEP_LOOP
    for (u64 i = 0; i < STRIDE; i++) {
        if (!is_end(head[i]))
            fetch(i, head[i]);
    }
#endif

    KEEP_LOOP
    for (u64 i = 0; i < STRIDE; i++) {
        if (is_end(head[i]))
            continue;
        u64 next = tell(i, head[i]);
        if (is_end(next) && next >> 1 != bucket + i)
            walk.drifted++;
        head[i] = next;
        ended &= next;
    }

    return ended;
}

/* A piece of one chain. Returns where it goes on. */
STEP u64 follow(u64 node, u64 slot)
{
    KEEP_LOOP
    for (u64 i = 0; i < LONG_STEPS; i++) {
        if (is_end(node))
            break;
        fetch(slot, node);
        node = tell(slot, node);
    }

    return node;
}

STEP u64 follow_to_end(u64 node, u64 bucket)
{
    KEEP_LOOP
    for (u64 i = 0; i < LONG_CALLS; i++) {
        if (is_end(node))
            break;
        node = follow(node, 0);
    }

    if (!is_end(node))
        walk.overlong++;
    else if (node >> 1 != bucket)
        walk.drifted++;
    return 0;
}

/* Sixteen chains to their ends. */
STEP u64 walk_chains(u64 index, u64 bucket)
{
    KEEP_LOOP
    for (u64 i = 0; i < ROUNDS; i++) {
        if (is_end(advance(index, bucket)))
            return 0;
    }

    u64 *head = &walk.heads[index & (HEADS - STRIDE)];
    KEEP_LOOP
    for (u64 i = 0; i < STRIDE; i++) {
        if (!is_end(head[i]))
            follow_to_end(head[i], bucket + i);
    }

    return 0;
}

/* Up to 256 chains, most of which are empty on most hosts: sixteen empty ones cost one comparison. */
STEP u64 walk_group(u64 first, u64 count)
{
    if (count > HEADS || count == 0)
        return 0;
    if (bpf_probe_read_kernel(walk.heads, count * sizeof(u64), (const void *)(walk.table + first * sizeof(u64)))) {
        walk.faults++;
        return 0;
    }

    KEEP_LOOP
    for (u64 i = 0; i < STRIDE; i++) {
        if (i >= count)
            walk.heads[i] = 1;
    }

    KEEP_LOOP
    for (u64 i = 0; i < HEADS; i += STRIDE) {
        if (i >= count)
            break;
        u64 *head = &walk.heads[i];
        u64 ended = head[0] & head[1] & head[2] & head[3] & head[4] & head[5] & head[6] & head[7]
            & head[8] & head[9] & head[10] & head[11] & head[12] & head[13] & head[14] & head[15];
        if (!is_end(ended))
            walk_chains(i, first + i);
    }

    return 0;
}

#include "steps.h"
