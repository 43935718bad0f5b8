// walk-reader PROGRAM.o [--bound] [--repeat N] [--pause MS]
//
// The minimal C reader of the walk in the kernel (walk.bpf.c): loads it with libbpf, runs it over both tables, prints the counts of the last
// reading and the milliseconds of each, with a pause between them. Loading is not in them. --bound asks netlink besides for the sockets that only hold a port (CLOSE),
// which stand in neither table, and so answers what TcpLens answers.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { STATES = 12, CLOSE = 7, NEW_SYN_RECV = 12, PER_RUN = 4096, LISTENERS_PER_RUN = 1024, BOUND_INACTIVE = 1 << 13, ATTEMPTS = 16 };

static const char *const names[STATES] = {
    NULL,         "established", "syn_sent",   "syn_recv", "fin_wait1", "fin_wait2",
    "time_wait",  "close",       "close_wait", "last_ack", "listen",    "closing",
};

// As in walk.bpf.c.
struct found {
    unsigned long long counts[2][16];
    unsigned long long buckets, listen_buckets, drifted;
};

static struct found *found;
static unsigned long long bound[2];
static char buffer[64 * 1024];

static void run(int program, unsigned long long first)
{
    unsigned long long context[1] = { first };
    LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = context, .ctx_size_in = sizeof context);
    if (bpf_prog_test_run_opts(program, &options))
        err(1, "BPF_PROG_TEST_RUN");
}

static void count_bound(int fd)
{
    struct { struct nlmsghdr head; struct inet_diag_req body; } request = {
        { .nlmsg_len = sizeof request, .nlmsg_type = TCPDIAG_GETSOCK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
        { .idiag_family = AF_INET, .idiag_states = BOUND_INACTIVE },
    };
    bound[0] = bound[1] = 0;
    if (send(fd, &request, sizeof request, 0) != sizeof request)
        err(1, "send");
    for (;;) {
        ssize_t length = recv(fd, buffer, sizeof buffer, 0);
        if (length < 0)
            err(1, "recv");
        for (struct nlmsghdr *message = (void *)buffer; NLMSG_OK(message, length); message = NLMSG_NEXT(message, length)) {
            if (message->nlmsg_type == NLMSG_DONE)
                return;
            if (message->nlmsg_type == NLMSG_ERROR)
                errx(1, "netlink refuses");
            bound[((struct inet_diag_msg *)NLMSG_DATA(message))->idiag_family == AF_INET6]++;
        }
    }
}

static void read_once(int connections, int listeners)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        memset(found, 0, sizeof *found);
        run(connections, 0);
        for (unsigned long long first = PER_RUN; first < found->buckets; first += PER_RUN)
            run(connections, first);
        for (unsigned long long first = 0; first < found->listen_buckets; first += LISTENERS_PER_RUN)
            run(listeners, first);
        if (!found->drifted)
            return;
    }

    errx(1, "the table does not hold still");
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    int repeat = 1, pause_ms = 0, wants_bound = 0;
    if (argc < 2)
        errx(2, "usage: walk-reader PROGRAM.o [--bound] [--repeat N] [--pause MS]");
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--bound") == 0)
            wants_bound = 1;
        else if (strcmp(argv[i], "--repeat") == 0 && i + 1 < argc)
            repeat = atoi(argv[++i]);
        else if (strcmp(argv[i], "--pause") == 0 && i + 1 < argc)
            pause_ms = atoi(argv[++i]);
        else
            errx(2, "usage: walk-reader PROGRAM.o [--bound] [--repeat N] [--pause MS]");
    }

    libbpf_set_print(NULL);
    struct bpf_object *object = bpf_object__open_file(argv[1], NULL);
    if (!object || bpf_object__load(object))
        err(1, "%s cannot be loaded", argv[1]);
    struct bpf_map *memory = NULL, *map;
    bpf_object__for_each_map(map, object)
        if (strstr(bpf_map__name(map), ".bss"))
            memory = map;
    found = memory ? mmap(NULL, sizeof *found, PROT_READ | PROT_WRITE, MAP_SHARED, bpf_map__fd(memory), 0) : MAP_FAILED;
    if (found == MAP_FAILED)
        err(1, "%s shares no memory", argv[1]);
    int connections = bpf_program__fd(bpf_object__find_program_by_name(object, "connections"));
    int listeners = bpf_program__fd(bpf_object__find_program_by_name(object, "listeners"));
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (fd < 0)
        err(1, "socket");

    printf("{\"reading_ms\":[");
    for (int i = 0; i < repeat; i++) {
        if (i)
            usleep(pause_ms * 1000);
        double start = now_ms();
        if (wants_bound)
            count_bound(fd);
        read_once(connections, listeners);
        printf("%s%.3f", i ? "," : "", now_ms() - start);
    }

    printf("],\"states\":{");
    for (int state = 1; state < STATES; state++) {
        unsigned long long four = found->counts[0][state], six = found->counts[1][state];
        if (state == 3)
            four += found->counts[0][NEW_SYN_RECV], six += found->counts[1][NEW_SYN_RECV];
        if (state == CLOSE)
            four = bound[0], six = bound[1];
        printf("%s\"%s\":{\"total\":%llu,\"ipv4\":%llu,\"ipv6\":%llu}", state == 1 ? "" : ",", names[state], four + six, four, six);
    }

    printf("}}\n");
    return 0;
}
