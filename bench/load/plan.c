#include "plan.h"

#include <netinet/tcp.h>
#include <string.h>

const char *const state_names[TCP_STATES] = {
    NULL,         "established", "syn_sent", "syn_recv",   "fin_wait1", "fin_wait2",
    "time_wait",  "close",       "close_wait", "last_ack", "listen",    "closing",
};

// Shares in thousandths: a busy server's picture, every state present.
static const struct { int state, share; } mixed[] = {
    { TCP_LISTEN, 1 },     { TCP_SYN_SENT, 2 },   { TCP_SYN_RECV, 2 },  { TCP_FIN_WAIT1, 1 }, { TCP_FIN_WAIT2, 3 },
    { TCP_CLOSING, 1 },    { TCP_TIME_WAIT, 20 }, { TCP_CLOSE_WAIT, 10 }, { TCP_LAST_ACK, 1 }, { TCP_CLOSE, 1 },
};

static void put(struct plan *plan, int state, long count)
{
    plan->count[state][V6] = count / 2;
    plan->count[state][V4] = count - count / 2;
}

int plan_make(struct plan *plan, const char *mix, long total)
{
    memset(plan, 0, sizeof *plan);
    plan->total = total;
    long rest = total;
    if (strcmp(mix, "mixed") == 0) {
        for (size_t i = 0; i < sizeof mixed / sizeof *mixed; i++) {
            long count = total * mixed[i].share / 1000;
            if (count < 2)
                count = 2;
            put(plan, mixed[i].state, count);
            rest -= count;
        }
    } else if (strcmp(mix, "established") != 0) {
        return -1;
    }
    if (total < 1 || rest < 0)
        return -1;
    put(plan, TCP_ESTABLISHED, rest);
    return 0;
}

void plan_write_json(const struct plan *plan, FILE *out)
{
    fprintf(out, "{\"total\":%ld,\"states\":{", plan->total);
    for (int state = 1; state < TCP_STATES; state++)
        fprintf(out, "%s\"%s\":{\"ipv4\":%ld,\"ipv6\":%ld}", state == 1 ? "" : ",", state_names[state],
                plan->count[state][V4], plan->count[state][V6]);
    fprintf(out, "}}\n");
}
