/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * Walks a range of buckets of the table of local ports ("bhash2") for sockets that hold a port and nothing else (CLOSE), of every network
 * namespace at once. Needs Linux 6.8, which chains all sockets of a port there.
 *
 * Who reads this table in the kernel locks it, which a program cannot. Each link is therefore looked at from both ends: what a node points to has
 * to point back to it. Where it does not, the list has changed under the walk, and the reader discards the run and walks the range again. What a
 * list holds besides, connections and TIME_WAIT, may come and go meanwhile; it is passed over.
 *
 * The sockets of a server hang in one list for each of its ports. One that is too long for a run is left to netlink, and so is its namespace.
 */
#include "tell.h"

DECLARE_OFFSET(inet_hashinfo, bhash2);
DECLARE_OFFSET(inet_hashinfo, bhash_size);
DECLARE_OFFSET(inet_bind_hashbucket, chain);
KERNEL_CONSTANT(size__inet_bind_hashbucket);
DECLARE_OFFSET(inet_bind2_bucket, ib_net);
DECLARE_OFFSET(inet_bind2_bucket, node);
DECLARE_OFFSET(inet_bind2_bucket, owners);
DECLARE_OFFSET(hlist_node, next);
DECLARE_OFFSET(hlist_node, pprev);
DECLARE_OFFSET(sock_common, skc_bind_node);

enum {
    PIECE = 64,
    PIECES = 64,            /* of one run, 4096 buckets */
    PORTS = 64,             /* of one bucket */
    STEPS = 64,
    CALLS = 64,             /* STEPS * CALLS sockets of one port */
};

STEP u64 walk_piece(u64 first, u64 count);

/* Returns 0; 1 without a table, 2 when it has fewer buckets. */
PROGRAM int bound(const struct arguments *arguments)
{
    u64 first = arguments->first, count = arguments->count;
    take(arguments);
    u64 hash = hash_of(walk.net);
    walk.table = read_u64(hash + OFFSET(inet_hashinfo, bhash2));
    walk.buckets = read_u32(hash + OFFSET(inet_hashinfo, bhash_size));
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

/* The node that `place` points to; 0 at the end of a list, and where that node does not point back. */
INLINE u64 behind(u64 place)
{
    u64 node = LOAD(u64, place);
    if (node && MEMBER(u64, node, hlist_node, pprev) != place) {
        walk.drifted++;
        return 0;
    }

    return node;
}

/* A row with nothing but the namespace and the kind. */
STEP u64 tell_kind(u64 net, u64 kind)
{
    u64 index = walk.rows++;
    if (index < ROWS) {
        struct row *row = &walk.row[within(index, ROWS)];
        row->net = net;
        row->kind = kind;
    }

    return 0;
}

/* Some sockets of one port. Returns where it goes on, 0 at the end. */
STEP u64 follow(u64 place, u64 most)
{
    KEEP_LOOP
    for (u64 i = 0; i < STEPS; i++) {
        if (i >= most)
            break;
        u64 node = behind(place);
        if (!node)
            return 0;
        u64 socket = node - OFFSET(sock_common, skc_bind_node);
        walk.visited++;
        if (FIELD(u8, socket, skc_state) == TCP_CLOSE && FIELD(u16, socket, skc_num))
            tell_kind(FIELD(u64, socket, skc_net), kind_of((const u8 *)socket, socket, TCP_CLOSE));
        place = node + OFFSET(hlist_node, next);
    }

    return place;
}

/* All sockets of one port, as far as so many calls lead. */
STEP u64 walk_port(u64 port, u64 calls)
{
    u64 place = port + OFFSET(inet_bind2_bucket, owners);
    KEEP_LOOP
    for (u64 i = 0; i < CALLS; i++) {
        if (i >= calls)
            break;
        place = follow(place, STEPS);
        if (!place)
            return 0;
    }

    tell_kind(MEMBER(u64, port, inet_bind2_bucket, ib_net), KIND_LEFT);
    return 0;
}

/* All ports of one bucket, of which there are not more in any sound table. */
STEP u64 walk_bucket(u64 place, u64 ports)
{
    KEEP_LOOP
    for (u64 i = 0; i < PORTS; i++) {
        if (i >= ports)
            break;
        u64 node = behind(place);
        if (!node)
            return 0;
        walk_port(node - OFFSET(inet_bind2_bucket, node), CALLS);
        place = node + OFFSET(hlist_node, next);
    }

    walk.overlong++;
    return 0;
}

STEP u64 walk_piece(u64 first, u64 count)
{
    u64 size = (u64)size__inet_bind_hashbucket;
    u64 place = walk.table + first * size + OFFSET(inet_bind_hashbucket, chain);
    KEEP_LOOP
    for (u64 i = 0; i < PIECE; i++) {
        if (i >= count)
            break;
        if (LOAD(u64, place))
            walk_bucket(place, PORTS);
        place += size;
    }

    return 0;
}
