// tcp-load [--mix established|mixed] [--census FILE] [--remotes N] N -- COMMAND [ARGUMENT...]
//
// Holds exactly N TCP sockets in a network namespace of its own, runs COMMAND there, and ends with COMMAND's exit status. The namespace and
// all sockets vanish with it. What was made is written to FILE and, as TCP_LOAD_CENSUS, named to COMMAND. Needs root; changes nothing
// outside its namespace.
#define _GNU_SOURCE
#include "holder.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PER_HOLDER = 10000,        // sockets of one process; a busy host has many processes, and each has a limit of descriptors
    MAX_SOCKETS = 2000000,     // beyond it the port ranges of holder.c would meet
    MAX_HOLDERS = MAX_SOCKETS / PER_HOLDER + 2,
    MAX_SLICES = 32,
    REFRESH_SECONDS = 25,      // TIME_WAIT lasts 60
};

static pid_t holders[MAX_HOLDERS];
static int holder_count;

static void set(const char *name, const char *value)
{
    char path[128];
    snprintf(path, sizeof path, "/proc/sys/net/%s", name);
    FILE *file = fopen(path, "w");
    if (!file || fputs(value, file) < 0 || fclose(file) != 0)
        err(1, "%s", path);
}

static void run(const char *command)
{
    int status = system(command);
    if (status != 0)
        errx(1, "failed: %s", command);
}

// A private world: loopback with our address, and a link without carrier behind which the ghosts live.
static void enter_namespace(void)
{
    if (unshare(CLONE_NEWNET) != 0)
        err(1, "unshare (needs root)");
    // Keeps half-way states still for hours. All of these belong to the namespace.
    set("ipv4/tcp_syn_retries", "127");
    set("ipv4/tcp_synack_retries", "255");
    set("ipv4/tcp_retries2", "255");
    set("ipv4/tcp_syncookies", "0");
    set("ipv4/tcp_max_syn_backlog", "262144");
    set("ipv4/tcp_max_tw_buckets", "1000000");
    set("ipv4/tcp_rfc1337", "1");    // the reset that answers a refreshed TIME_WAIT must not end it
    set("core/somaxconn", "262144");
    run("ip -batch - <<'END'\n"
        "link set lo up\n"
        "addr add 10.1.0.1/32 dev lo\n"
        "addr add fd00:1::1/128 dev lo nodad\n"
        "link add void type veth peer name void-end\n"
        "link set void arp off up\n"
        "route add 10.2.0.0/16 dev void\n"
        "route add fd00:2::/32 dev void\n"
        "END\n");
}

static void raise_descriptor_limit(void)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = PER_HOLDER + 100;
    if (limit.rlim_max < limit.rlim_cur)
        limit.rlim_max = limit.rlim_cur;    // root may
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        err(1, "RLIMIT_NOFILE");
}

// A holder says over the pipe that its part stands, and then waits for its end.
static void start_holder(const struct slice *slices, int count, int ready)
{
    pid_t parent = getpid(), child = fork();
    if (child < 0)
        err(1, "fork");
    if (child > 0) {
        holders[holder_count++] = child;
        return;
    }

    holder_count = 0;    // the others are not this child's to end
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    prctl(PR_SET_NAME, "tcp-load-holder");
    raise_descriptor_limit();
    hold(slices, count);
    if (write(ready, "", 1) != 1)
        err(1, "ready pipe");
    close(ready);
    for (;;) {
        sleep(REFRESH_SECONDS);
        refresh_time_wait(slices, count);
    }
}

static void await_holders(int first, int ready)
{
    for (int waited = first; waited < holder_count; waited++) {
        char byte;
        if (read(ready, &byte, 1) != 1)    // end of file: a holder died and has said why
            errx(1, "the load could not be made");
    }
}

// Cuts the plan into holders. Listeners come first, because half-open connections need one. A plan of small parts fits one holder.
static void start_holders(const struct plan *plan)
{
    static const int order[] = { TCP_LISTEN, TCP_SYN_RECV, TCP_CLOSE, TCP_SYN_SENT, TCP_FIN_WAIT1, TCP_FIN_WAIT2, TCP_CLOSING,
                                 TCP_CLOSE_WAIT, TCP_LAST_ACK, TCP_TIME_WAIT, TCP_ESTABLISHED };
    struct slice slices[MAX_SLICES];
    long next[2] = { 0, 0 }, room = PER_HOLDER;
    int count = 0, pipes[2];
    if (pipe(pipes) != 0)
        err(1, "pipe");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (int family = V4; family <= V6; family++)
            for (long left = plan->count[order[i]][family]; left > 0;) {
                long part = left < room ? left : room;
                slices[count++] = (struct slice){ order[i], family, next[family], part };
                next[family] += part;
                left -= part;
                room -= part;
                if (room == 0) {
                    start_holder(slices, count, pipes[1]);
                    count = 0;
                    room = PER_HOLDER;
                }
            }
    if (count > 0)
        start_holder(slices, count, pipes[1]);
    close(pipes[1]);
    await_holders(0, pipes[0]);
    close(pipes[0]);
}

static int run_command(char **command)
{
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        signal(SIGINT, SIG_DFL);
        execvp(command[0], command);
        err(127, "%s", command[0]);
    }
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            err(1, "wait");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Ends what COMMAND left running in our namespace: the namespace lives as long as anyone is in it.
static void end_leftovers(void)
{
    char own[64], other[64], path[64];
    ssize_t length = readlink("/proc/self/ns/net", own, sizeof own);
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; length > 0 && processes && (entry = readdir(processes));) {
        pid_t pid = (pid_t)atol(entry->d_name);
        snprintf(path, sizeof path, "/proc/%d/ns/net", (int)pid);
        if (pid > 0 && pid != getpid() && readlink(path, other, sizeof other) == length && memcmp(own, other, (size_t)length) == 0)
            kill(pid, SIGKILL);
    }
    if (processes)
        closedir(processes);
}

static void end_holders(void)
{
    for (int i = 0; i < holder_count; i++)
        kill(holders[i], SIGKILL);
    for (int i = 0; i < holder_count; i++)
        waitpid(holders[i], NULL, 0);
}

static void write_census(const struct plan *plan, const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        err(1, "%s", path);
    plan_write_json(plan, file);
    if (fclose(file) != 0 || setenv("TCP_LOAD_CENSUS", path, 1) != 0)
        err(1, "%s", path);
}

int main(int argc, char **argv)
{
    const char *mix = "mixed", *census = NULL;
    int at = 1;
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--mix") == 0)
            mix = argv[at + 1];
        else if (strcmp(argv[at], "--census") == 0)
            census = argv[at + 1];
        else if (strcmp(argv[at], "--remotes") == 0)
            remotes = strtol(argv[at + 1], NULL, 10);
        else
            break;
    }
    struct plan plan;
    long total = at < argc ? strtol(argv[at], NULL, 10) : 0;
    if (at + 2 >= argc || strcmp(argv[at + 1], "--") != 0 || total > MAX_SOCKETS || remotes < 1 || remotes > MAX_REMOTES
        || plan_make(&plan, mix, total) != 0)
        errx(2, "usage: tcp-load [--mix established|mixed] [--census FILE] [--remotes M] N -- COMMAND...   (N up to %d, mixed: at least 20; M up to %d)",
             MAX_SOCKETS, MAX_REMOTES);

    signal(SIGINT, SIG_IGN);    // Ctrl-C ends COMMAND; then we clean up
    atexit(end_holders);
    enter_namespace();
    if (census)
        write_census(&plan, census);
    start_holders(&plan);
    int status = run_command(argv + at + 2);
    end_leftovers();
    return status;
}
