// A holder: one process that makes a slice of the load and keeps it until it is killed.
#pragma once
#include "plan.h"

// Consecutive sockets of one state and family. `first` makes the addresses unique over the whole load.
struct slice {
    int state;
    enum family family;
    long first, count;
};

// Addresses of each family that a server's connections come from; at most MAX_REMOTES.
extern long remotes;
enum { MAX_REMOTES = 60000 };

// Makes the slices' sockets in the calling process. Exits with a message when a socket cannot be had.
void hold(const struct slice *slices, int count);

// Speaks to the TIME_WAIT sockets of the slices, so that their minute begins again. To be called every half minute or so.
void refresh_time_wait(const struct slice *slices, int count);
