// The least that a program in the kernel must do to count TCP sockets by state and family: the measure that TcpLens' walk is held against.
// It follows the chains of one namespace's two tables by plain loads (Linux 6.2 and newer) and adds one to a number for each socket. It tells
// when a chain has led elsewhere, and knows nothing else: no rows, no other namespaces, no older kernels. Loaded by walk-reader.c with libbpf.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#define KERNEL __attribute__((preserve_access_index))
#define NO_UNROLL _Pragma("clang loop unroll(disable)")

struct hlist_nulls_node { void *next; } KERNEL;
struct possible_net { void *net; } KERNEL;
struct sock_common { unsigned short skc_family; unsigned char skc_state; struct hlist_nulls_node skc_nulls_node; struct possible_net skc_net; } KERNEL;
struct inet_timewait_sock { unsigned char tw_substate; } KERNEL;
struct hlist_nulls_head { void *first; } KERNEL;
struct inet_listen_hashbucket { struct hlist_nulls_head nulls_head; } KERNEL;
struct inet_hashinfo { void *ehash; unsigned ehash_mask; unsigned lhash2_mask; void *lhash2; } KERNEL;
struct inet_timewait_death_row { void *hashinfo; } KERNEL;
struct netns_ipv4 { struct inet_timewait_death_row tcp_death_row; } KERNEL;
struct net { struct netns_ipv4 ipv4; } KERNEL;
struct nsproxy { void *net_ns; } KERNEL;
struct task_struct { struct nsproxy *nsproxy; } KERNEL;
struct timespec64 { long tv_sec; } KERNEL;

#define OFFSET(type, member) bpf_core_field_offset(struct type, member)

extern void *bpf_rdonly_cast(void *address, __u32 type) __ksym;
#define CAST(type, address) ((struct type *)bpf_rdonly_cast((void *)(address), bpf_core_type_id_kernel(struct type)))
#define LOAD(address) ((__u64)CAST(timespec64, address)->tv_sec)

enum { HEADS = 256, PER_RUN = 4096, LISTENERS_PER_RUN = 1024, IN_STEP = 16, LONGEST = 64, TIME_WAIT = 6, INET6 = 10 };

struct {
    __u64 counts[2][16];
    __u64 buckets, listen_buckets, drifted;
    __u64 net, table, listen_table;
} found;

static __always_inline __u64 count(__u64 node, __u64 net)
{
    __u64 at = node - OFFSET(sock_common, skc_nulls_node);
    __u64 next = LOAD(node);
    if (LOAD(at + OFFSET(sock_common, skc_net)) == net) {
        struct sock_common *common = CAST(sock_common, at);
        __u32 state = common->skc_state;
        if (state == TIME_WAIT)
            state = CAST(inet_timewait_sock, at)->tw_substate;
        found.counts[common->skc_family == INET6][state & 15]++;
    }

    return next;
}

__noinline __u64 follow(__u64 node)
{
    __u64 net = found.net;
    for (int i = 0; i < IN_STEP; i++) {
        if (node & 1)
            break;
        node = count(node, net);
    }

    return node;
}

__noinline int follow_to_end(__u64 node, __u64 mark)
{
    for (int i = 0; i < LONGEST; i++) {
        if (node & 1)
            break;
        node = follow(node);
    }

    if (node >> 1 != mark || !(node & 1))
        found.drifted++;
    return 0;
}

__noinline int walk_sixteen(__u64 heads, __u64 first)
{
    __u64 net = found.net;
    NO_UNROLL
    for (int i = 0; i < 16; i++) {
        __u64 node = LOAD(heads + i * 8);
        if (node & 1)
            continue;
        node = count(node, net);
        if (!(node & 1))
            node = count(node, net);
        if (!(node & 1))
            follow_to_end(node, first + i);
        else if (node >> 1 != first + i)
            found.drifted++;
    }

    return 0;
}

__noinline int walk_group(__u64 first)
{
    __u64 heads = found.table + first * 8;
    for (int i = 0; i < HEADS; i += 16, heads += 128) {
        __u64 ended = LOAD(heads) & LOAD(heads + 8) & LOAD(heads + 16) & LOAD(heads + 24) & LOAD(heads + 32) & LOAD(heads + 40)
            & LOAD(heads + 48) & LOAD(heads + 56) & LOAD(heads + 64) & LOAD(heads + 72) & LOAD(heads + 80) & LOAD(heads + 88)
            & LOAD(heads + 96) & LOAD(heads + 104) & LOAD(heads + 112) & LOAD(heads + 120);
        if (!(ended & 1))
            walk_sixteen(heads, first + i);
    }

    return 0;
}

static __always_inline void find_tables(void)
{
    __u64 task = bpf_get_current_task();
    __u64 net = LOAD(LOAD(task + OFFSET(task_struct, nsproxy)) + OFFSET(nsproxy, net_ns));
    __u64 hash = LOAD(net + OFFSET(net, ipv4) + OFFSET(netns_ipv4, tcp_death_row) + OFFSET(inet_timewait_death_row, hashinfo));
    found.net = net;
    found.table = LOAD(hash + OFFSET(inet_hashinfo, ehash));
    found.listen_table = LOAD(hash + OFFSET(inet_hashinfo, lhash2));
    found.buckets = (__u64)CAST(inet_hashinfo, hash)->ehash_mask + 1;
    found.listen_buckets = (__u64)CAST(inet_hashinfo, hash)->lhash2_mask + 1;
}

SEC("raw_tp/sys_enter")
int connections(struct bpf_raw_tracepoint_args *arguments)
{
    __u64 first = arguments->args[0];
    find_tables();
    for (int i = 0; i < PER_RUN; i += HEADS)
        walk_group(first + i);
    return 0;
}

__noinline int walk_listeners(__u64 bucket)
{
    __u64 head = found.listen_table + bucket * bpf_core_type_size(struct inet_listen_hashbucket) + OFFSET(inet_listen_hashbucket, nulls_head);
    __u64 node = LOAD(head);
    for (int i = 0; i < LONGEST; i++) {
        if (node & 1)
            break;
        node = follow(node);
    }

    return 0;
}

SEC("raw_tp/sys_enter")
int listeners(struct bpf_raw_tracepoint_args *arguments)
{
    __u64 first = arguments->args[0];
    find_tables();
    for (int i = 0; i < LISTENERS_PER_RUN; i++)
        walk_listeners(first + i);
    return 0;
}

char terms[] SEC("license") = "GPL";
