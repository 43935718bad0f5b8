// netlink-reader [--modern] [--no-bound] [--repeat N] [--pause MS]
//
// The least that a program must do to count TCP sockets by state and family with netlink sock_diag: the measure that TcpLens is held
// against. It prints the counts of the last reading and the milliseconds of each. By default one request of the old kind walks both
// families at once; --modern asks once per family, as ss does. --no-bound leaves out sockets that only hold a port (CLOSE).
#include <err.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    STATES = 12,
    NEW_SYN_RECV = 12,                // a request socket; everyone calls it SYN_RECV
    ALL_STATES = 0xfff,
    BOUND_INACTIVE = 1 << 13,         // Linux 6.8 and newer; silently nothing before
    BUFFER = 64 * 1024,               // the kernel fills at most 32 KiB of a dump at once
};

static const char *const names[STATES] = {
    NULL,         "established", "syn_sent",   "syn_recv", "fin_wait1", "fin_wait2",
    "time_wait",  "close",       "close_wait", "last_ack", "listen",    "closing",
};

static long counts[STATES][2];
static char buffer[BUFFER];

static void count(const struct inet_diag_msg *socket)
{
    int state = socket->idiag_state == NEW_SYN_RECV ? 3 : socket->idiag_state;
    if (state > 0 && state < STATES)
        counts[state][socket->idiag_family == AF_INET6]++;
}

// Takes in the answer of one dump. Messages that carry an error end the program: a wrong count must not look like a right one.
static void receive(int fd)
{
    for (;;) {
        ssize_t length = recv(fd, buffer, sizeof buffer, 0);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            err(1, "recv");
        for (struct nlmsghdr *message = (void *)buffer; NLMSG_OK(message, length); message = NLMSG_NEXT(message, length)) {
            if (message->nlmsg_type == NLMSG_DONE)
                return;
            if (message->nlmsg_type == NLMSG_ERROR)
                errx(1, "netlink: %s", strerror(-((struct nlmsgerr *)NLMSG_DATA(message))->error));
            count(NLMSG_DATA(message));
        }
    }
}

static void request(int fd, int type, void *body, size_t bytes)
{
    struct nlmsghdr head = { .nlmsg_len = (uint32_t)(NLMSG_HDRLEN + bytes), .nlmsg_type = (uint16_t)type, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP };
    char message[NLMSG_HDRLEN + 128];
    memcpy(message, &head, sizeof head);
    memcpy(message + NLMSG_HDRLEN, body, bytes);
    if (send(fd, message, head.nlmsg_len, 0) != (ssize_t)head.nlmsg_len)
        err(1, "send");
    receive(fd);
}

static void read_once(int fd, int modern, unsigned states)
{
    memset(counts, 0, sizeof counts);
    if (modern) {
        struct inet_diag_req_v2 body = { .sdiag_protocol = IPPROTO_TCP, .idiag_states = states };
        body.sdiag_family = AF_INET;
        request(fd, SOCK_DIAG_BY_FAMILY, &body, sizeof body);
        body.sdiag_family = AF_INET6;
        request(fd, SOCK_DIAG_BY_FAMILY, &body, sizeof body);
    } else {
        struct inet_diag_req body = { .idiag_family = AF_INET, .idiag_states = states };    // the old kind ignores the family
        request(fd, TCPDIAG_GETSOCK, &body, sizeof body);
    }
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    int modern = 0, repeat = 1, pause_ms = 0;
    unsigned states = ALL_STATES | BOUND_INACTIVE;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--modern") == 0)
            modern = 1;
        else if (strcmp(argv[i], "--no-bound") == 0)
            states = ALL_STATES;
        else if (strcmp(argv[i], "--repeat") == 0 && i + 1 < argc)
            repeat = atoi(argv[++i]);
        else if (strcmp(argv[i], "--pause") == 0 && i + 1 < argc)
            pause_ms = atoi(argv[++i]);
        else
            errx(2, "usage: netlink-reader [--modern] [--no-bound] [--repeat N] [--pause MS]");
    }
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (fd < 0)
        err(1, "socket");

    printf("{\"reading_ms\":[");
    for (int i = 0; i < repeat; i++) {
        if (i)
            usleep(pause_ms * 1000);
        double start = now_ms();
        read_once(fd, modern, states);
        printf("%s%.3f", i ? "," : "", now_ms() - start);
    }
    printf("],\"states\":{");
    for (int state = 1; state < STATES; state++)
        printf("%s\"%s\":{\"total\":%ld,\"ipv4\":%ld,\"ipv6\":%ld}", state == 1 ? "" : ",", names[state],
               counts[state][0] + counts[state][1], counts[state][0], counts[state][1]);
    printf("}}\n");
    return 0;
}
