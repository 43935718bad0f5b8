// What the load is made of: how many sockets of each state and family.
#pragma once
#include <stdio.h>

enum { TCP_STATES = 12 };        // indexed by the kernel's number, 1 to 11
enum family { V4 = 0, V6 = 1 };

struct plan {
    long total;
    long count[TCP_STATES][2];   // [state][family]
};

extern const char *const state_names[TCP_STATES];

// `established`: nothing else. `mixed`: the other ten states get known shares of the total (at least two each, one per family).
// Half of every state is IPv6. Returns 0, or -1 for an unknown mix or a total too small for it.
int plan_make(struct plan *plan, const char *mix, long total);

// {"total":N,"states":{"established":{"ipv4":N,"ipv6":N},...}}
void plan_write_json(const struct plan *plan, FILE *out);
