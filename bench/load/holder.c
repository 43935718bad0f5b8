#include "holder.h"
#include "ghost.h"

#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

// Sequence numbers that both we and the ghost know, so that its segments fit.
static const uint32_t our_sequence = 1000, ghost_sequence = 5000;

static void option(int fd, int level, int name, int value)
{
    if (setsockopt(fd, level, name, &value, sizeof value) != 0)
        err(1, "setsockopt %d %d", level, name);
}

static void fill(struct sockaddr_storage *to, enum family family, int net, uint32_t host, int port)
{
    memset(to, 0, sizeof *to);
    if (family == V4) {
        struct sockaddr_in *in = (void *)to;
        in->sin_family = AF_INET;
        in->sin_port = htons((uint16_t)port);
        in->sin_addr.s_addr = htonl(10u << 24 | (uint32_t)net << 16 | host);
    } else {
        struct sockaddr_in6 *in = (void *)to;
        in->sin6_family = AF_INET6;
        in->sin6_port = htons((uint16_t)port);
        uint32_t words[4] = { htonl(0xfd000000u | (uint32_t)net), 0, 0, htonl(host) };    // fd00:<net>::<host>
        memcpy(&in->sin6_addr, words, sizeof words);
    }
}

long remotes = 1000;

// Addresses of socket `index`. Half are a server's (16 service ports, `remotes` clients), half a client's (10,000 ephemeral ports
// towards port 443 of some servers). Sockets that bind in the ordinary way have port ranges of their own.
static struct tuple tuple_of(int state, enum family family, long index)
{
    struct tuple tuple = { .family = family, .length = family == V4 ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6) };
    long pair = index / 2;
    int local = 0, remote = 443;
    uint32_t host = (uint32_t)(pair / 10000) + 1;
    if (state == TCP_LISTEN)
        local = 1024 + (int)(index % 6000);
    else if (state == TCP_CLOSE)
        local = 8100 + (int)(index % 6000);
    else if (state == TCP_SYN_SENT)
        local = 40000 + (int)(index % 20000);
    else if (state == TCP_SYN_RECV)    // towards the first listener
        local = 1024, remote = 20000 + (int)(index % 40000);
    else if (index % 2 == 0) {
        local = 8000 + (int)(pair % 16);
        remote = 32768 + (int)(pair / remotes);
        host = (uint32_t)(pair % remotes) + 1000;
    } else
        local = 20000 + (int)(pair % 10000);
    fill(&tuple.local, family, 1, 1, local);
    fill(&tuple.remote, family, 2, host, remote);
    return tuple;
}

static int open_socket(enum family family)
{
    int fd = socket(family == V4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        err(1, "socket");
    // With zero linger a close destroys the socket whatever its state: no orphan keeps the namespace, even after kill -9.
    struct linger linger = { 1, 0 };
    if (setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) != 0)
        err(1, "SO_LINGER");
    if (family == V6)
        option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    return fd;
}

static void bind_local(int fd, const struct tuple *tuple)
{
    if (bind(fd, (const void *)&tuple->local, tuple->length) != 0)
        err(1, "bind");
}

// An ESTABLISHED socket without a handshake (TCP_REPAIR, made for checkpoint and restore: it declares the connection).
static int declare(const struct tuple *tuple)
{
    int fd = open_socket(tuple->family);
    option(fd, IPPROTO_TCP, TCP_REPAIR, 1);
    bind_local(fd, tuple);
    option(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, TCP_SEND_QUEUE);
    option(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, (int)our_sequence);
    option(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, TCP_RECV_QUEUE);
    option(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, (int)ghost_sequence);
    if (connect(fd, (const void *)&tuple->remote, tuple->length) != 0)
        err(1, "connect (repair)");
    return fd;
}

// Lets a declared connection speak: gives it a window and ends the repair without the window probe.
static void revive(int fd)
{
    struct tcp_repair_window window = { .snd_wl1 = ghost_sequence, .snd_wnd = 65535, .max_window = 65535, .rcv_wnd = 65535, .rcv_wup = ghost_sequence };
    if (setsockopt(fd, IPPROTO_TCP, TCP_REPAIR_WINDOW, &window, sizeof window) != 0)
        err(1, "TCP_REPAIR_WINDOW");
    option(fd, IPPROTO_TCP, TCP_REPAIR, -1);
}

static void say(const struct tuple *tuple, uint8_t flags, uint32_t acknowledgement)
{
    if (ghost_say(tuple, flags, ghost_sequence, acknowledgement) != 0)
        err(1, "ghost");
}

// Injected segments are taken in by a softirq, which may be a moment late.
static void await_state(int fd, int wanted)
{
    struct tcp_info info;
    for (int tries = 0; tries < 5000; tries++) {
        socklen_t length = sizeof info;
        if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
            err(1, "TCP_INFO");
        if (info.tcpi_state == wanted)
            return;
        usleep(1000);
    }
    errx(1, "a socket stayed in %s instead of %s", state_names[info.tcpi_state], state_names[wanted]);
}

static void half_close(int fd)
{
    if (shutdown(fd, SHUT_WR) != 0)
        err(1, "shutdown");
}

static void hold_listener(const struct tuple *tuple)
{
    int fd = open_socket(tuple->family);
    bind_local(fd, tuple);
    if (listen(fd, 65535) != 0)
        err(1, "listen");
}

static void hold_syn_sent(const struct tuple *tuple)
{
    int fd = open_socket(tuple->family), on = 1;
    bind_local(fd, tuple);
    if (ioctl(fd, FIONBIO, &on) != 0)
        err(1, "FIONBIO");
    if (connect(fd, (const void *)&tuple->remote, tuple->length) == 0 || errno != EINPROGRESS)
        err(1, "connect to nobody");
}

// From ESTABLISHED onwards: what each side says next.
static void hold_closing_state(int state, const struct tuple *tuple)
{
    int fd = declare(tuple);
    revive(fd);
    if (state == TCP_CLOSE_WAIT || state == TCP_LAST_ACK) {
        say(tuple, GHOST_FIN | GHOST_ACK, our_sequence);
        await_state(fd, TCP_CLOSE_WAIT);
        if (state == TCP_LAST_ACK)
            half_close(fd);
        await_state(fd, state);
        return;
    }

    half_close(fd);
    if (state == TCP_FIN_WAIT2)
        say(tuple, GHOST_ACK, our_sequence + 1);
    else if (state == TCP_CLOSING)
        say(tuple, GHOST_FIN | GHOST_ACK, our_sequence);
    else if (state == TCP_TIME_WAIT)
        say(tuple, GHOST_FIN | GHOST_ACK, our_sequence + 1);
    // TIME_WAIT lives on in a small socket of the kernel's; ours is closed and would only hold the port.
    await_state(fd, state == TCP_TIME_WAIT ? TCP_CLOSE : state);
    if (state == TCP_TIME_WAIT)
        close(fd);
}

static void hold_one(int state, const struct tuple *tuple)
{
    switch (state) {
    case TCP_ESTABLISHED: declare(tuple); break;
    case TCP_LISTEN:      hold_listener(tuple); break;
    case TCP_CLOSE:       bind_local(open_socket(tuple->family), tuple); break;
    case TCP_SYN_SENT:    hold_syn_sent(tuple); break;
    case TCP_SYN_RECV:    say(tuple, GHOST_SYN, 0); break;
    default:              hold_closing_state(state, tuple); break;
    }
}

void hold(const struct slice *slices, int count)
{
    if (ghost_open() != 0)
        err(1, "raw socket");
    for (int i = 0; i < count; i++)
        for (long n = 0; n < slices[i].count; n++) {
            struct tuple tuple = tuple_of(slices[i].state, slices[i].family, slices[i].first + n);
            hold_one(slices[i].state, &tuple);
        }
}

void refresh_time_wait(const struct slice *slices, int count)
{
    for (int i = 0; i < count; i++)
        for (long n = 0; slices[i].state == TCP_TIME_WAIT && n < slices[i].count; n++) {
            struct tuple tuple = tuple_of(TCP_TIME_WAIT, slices[i].family, slices[i].first + n);
            say(&tuple, GHOST_ACK, our_sequence + 1);
        }
}
