#include "ghost.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <string.h>
#include <unistd.h>

static int raw[2] = { -1, -1 };

// The head of a TCP segment without options (RFC 9293, section 3.1).
struct segment {
    uint16_t source, destination;
    uint32_t sequence, acknowledgement;
    uint8_t offset, flags;
    uint16_t window, checksum, urgent;
};

int ghost_open(void)
{
    raw[V4] = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);    // IPPROTO_RAW: we write the IP header ourselves
    raw[V6] = socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    return raw[V4] < 0 || raw[V6] < 0 ? -1 : 0;
}

// The Internet checksum's running sum; `bytes` is even everywhere here.
static uint32_t add(uint32_t sum, const void *data, size_t bytes)
{
    const uint8_t *p = data;
    for (size_t i = 0; i < bytes; i += 2)
        sum += (uint32_t)(p[i] << 8 | p[i + 1]);
    return sum;
}

// Checksum over the pseudo header (addresses, length, protocol) and the segment.
static uint16_t checksum(const void *source, const void *destination, size_t address, const struct segment *segment)
{
    uint32_t sum = add(0, source, address);
    sum = add(sum, destination, address) + sizeof *segment + IPPROTO_TCP;
    sum = add(sum, segment, sizeof *segment);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return htons((uint16_t)~sum);
}

static int send_whole(int fd, const void *packet, size_t bytes, const void *to, socklen_t length)
{
    for (;;) {
        if (sendto(fd, packet, bytes, 0, to, length) == (ssize_t)bytes)
            return 0;
        if (errno != EINTR && errno != ENOBUFS)
            return -1;
        usleep(1000);
    }
}

static int say4(const struct tuple *tuple, struct segment *segment)
{
    const struct sockaddr_in *from = (const void *)&tuple->remote, *to = (const void *)&tuple->local;
    struct { struct iphdr ip; struct segment tcp; } packet = {
        .ip = { .version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_TCP, .tot_len = htons(40),
                .saddr = from->sin_addr.s_addr, .daddr = to->sin_addr.s_addr },
    };
    segment->source = from->sin_port;
    segment->destination = to->sin_port;
    segment->checksum = checksum(&from->sin_addr, &to->sin_addr, 4, segment);
    packet.tcp = *segment;
    return send_whole(raw[V4], &packet, sizeof packet, to, sizeof *to);
}

static int say6(const struct tuple *tuple, struct segment *segment)
{
    const struct sockaddr_in6 *from = (const void *)&tuple->remote, *to = (const void *)&tuple->local;
    struct sockaddr_in6 raw_to = *to;
    raw_to.sin6_port = 0;    // a raw IPv6 socket takes the port for a protocol number
    struct { struct ip6_hdr ip; struct segment tcp; } packet = { 0 };
    packet.ip.ip6_flow = htonl(6u << 28);
    packet.ip.ip6_plen = htons(sizeof *segment);
    packet.ip.ip6_nxt = IPPROTO_TCP;
    packet.ip.ip6_hlim = 64;
    packet.ip.ip6_src = from->sin6_addr;
    packet.ip.ip6_dst = to->sin6_addr;
    segment->source = from->sin6_port;
    segment->destination = to->sin6_port;
    segment->checksum = checksum(&from->sin6_addr, &to->sin6_addr, 16, segment);
    packet.tcp = *segment;
    return send_whole(raw[V6], &packet, sizeof packet, &raw_to, sizeof raw_to);
}

int ghost_say(const struct tuple *tuple, uint8_t flags, uint32_t sequence, uint32_t acknowledgement)
{
    struct segment segment = {
        .sequence = htonl(sequence), .acknowledgement = htonl(acknowledgement),
        .offset = 5 << 4, .flags = flags, .window = htons(65535),
    };
    return tuple->family == V4 ? say4(tuple, &segment) : say6(tuple, &segment);
}
