/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * Tells every network namespace of the machine, those that no process holds too: its address, by which the sockets' rows refer to it, its
 * inode, and the table of its sockets. The caller's own comes first.
 */
#include "walk.h"

enum {
    STEPS = 64,
    CALLS = 256,
};

STEP u64 follow(u64 link, u64 start);
STEP u64 tell(u64 net, u64 mark);

/* Returns 0; 1 when there are more than can be told. */
PROGRAM int namespaces(void *unused)
{
    u64 net = own_net();
    walk.net = net;
    tell(net, mark_of(net));
    u64 start = net + OFFSET(net, list);
    u64 link = read_u64(start);
    KEEP_LOOP
    for (u64 i = 0; i < CALLS; i++) {
        if (link == start || !link)
            return 0;
        link = follow(link, start);
    }

    return 1;
}

/* A piece of the ring. Returns the link behind it. */
STEP u64 follow(u64 link, u64 start)
{
    u64 mark = mark_of(walk.net);
    KEEP_LOOP
    for (u64 i = 0; i < STEPS; i++) {
        if (link == start || !link)
            break;
        tell(link - OFFSET(net, list), mark);
        link = read_u64(link);
    }

    return link;
}

STEP u64 tell(u64 net, u64 mark)
{
    if (mark_of(net) != mark)
        return 0;
    u64 index = walk.rows++;
    if (index >= ROWS)
        return 0;
    struct row *row = &walk.row[within(index, ROWS)];
    u64 hash = hash_of(net);
    row->net = net;
    row->local[0] = inode_of(net);
    row->remote[0] = read_u64(hash + OFFSET(inet_hashinfo, ehash));
    return 0;
}
