// The ghost peer: nobody is at the other end of the load's connections. What leaves for it falls into a device without carrier; what it
// "says" is a segment that a raw socket of ours injects through the loopback device, with the ghost's address as the source.
#pragma once
#include "plan.h"

#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>

// One end-to-end address pair of the load.
struct tuple {
    enum family family;
    struct sockaddr_storage local, remote;
    socklen_t length;
};

enum { GHOST_FIN = 0x01, GHOST_SYN = 0x02, GHOST_ACK = 0x10 };

// Opens the raw sockets of the two families in the calling process. Returns 0 or -1 with errno.
int ghost_open(void);

// Says one TCP segment without data from `tuple->remote` to `tuple->local`. Returns 0 or -1 with errno.
int ghost_say(const struct tuple *tuple, uint8_t flags, uint32_t sequence, uint32_t acknowledgement);
