/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * Tells which process holds which socket of TCP. Run by the kernel's own iterator over the open files of all tasks (iter/task_file), once for each
 * descriptor: those of a process once, and those of a thread that has a table of its own too. What a message between processes carries is in no
 * table, so nobody holds it. What is told is read from the iterator's descriptor (HolderIterator.cs).
 *
 * What the iterator hands over is held fast by it and known to the verifier by its type: it is read where it lies.
 */
#include "kernel.h"

DECLARE_OFFSET(bpf_iter_meta, seq);
DECLARE_OFFSET(file, f_inode);
DECLARE_OFFSET(inode, i_ino);
DECLARE_OFFSET(socket, type);
DECLARE_OFFSET(socket, ops);
DECLARE_OFFSET(proto_ops, family);
DECLARE_OFFSET(task_struct, tgid);

/* struct bpf_iter__task_file. Only at fixed offsets may a context be read; were they others, the verifier would refuse what follows. */
struct context {
    const u8 *meta, *task;
    u64 descriptor;
    const u8 *file;
};

/* One descriptor of a socket; one that is shared comes more than once. */
struct holder {
    u32 inode, process;
};

enum { SOCK_STREAM = 1 };

static long (*const bpf_seq_write)(const void *to, const void *data, u32 size) = (void *)127;
static const u8 *(*const bpf_sock_from_file)(const u8 *file) = (void *)162;

#define HELD(type, address, structure, member) (*(type const *)((address) + OFFSET(structure, member)))

/* Returns 0, which means: go on. */
PROGRAM int holders(const struct context *context)
{
    const u8 *meta = context->meta, *task = context->task, *file = context->file;
    /* The end. */
    if (!task || !file)
        return 0;
    const u8 *socket = bpf_sock_from_file(file);
    if (!socket || HELD(u16, socket, socket, type) != SOCK_STREAM)
        return 0;
    /* Not the protocol, which stands in a further cache line, and is another one for MPTCP, whose sockets of TCP have the same inode. */
    const u8 *operations = HELD(const u8 *, socket, socket, ops);
    u32 family = HELD(u32, operations, proto_ops, family);
    if (family != AF_INET && family != AF_INET6)
        return 0;
    struct holder holder = {
        .inode = (u32)HELD(u64, HELD(const u8 *, file, file, f_inode), inode, i_ino),
        .process = HELD(u32, task, task_struct, tgid),
    };
    bpf_seq_write(HELD(const void *, meta, bpf_iter_meta, seq), &holder, sizeof(holder));
    return 0;
}
