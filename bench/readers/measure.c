// measure RESULT OUTPUT COMMAND [ARGUMENT...]
//
// Runs COMMAND with its standard output in the file OUTPUT and writes to RESULT what the whole process tree took:
// {"exit":0,"wall_ms":1.234,"user_ms":0.5,"system_ms":0.7,"rss_kib":1234}. The processor time is that of COMMAND and of all
// descendants it waited for; the memory is the peak of the largest of them. This program is small so that its own pages, which
// a forked child has until it becomes COMMAND, do not hide those of COMMAND.
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(struct timeval time)
{
    return time.tv_sec * 1e3 + time.tv_usec / 1e3;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        errx(2, "usage: measure RESULT OUTPUT COMMAND...");
    int output = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (output < 0)
        err(1, "%s", argv[2]);

    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = vfork();
    if (child < 0)
        err(1, "fork");
    if (child == 0) {
        dup2(output, STDOUT_FILENO);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) < 0)
        err(1, "wait4");
    clock_gettime(CLOCK_MONOTONIC, &end);

    FILE *result = fopen(argv[1], "w");
    if (!result)
        err(1, "%s", argv[1]);
    fprintf(result, "{\"exit\":%d,\"wall_ms\":%.3f,\"user_ms\":%.3f,\"system_ms\":%.3f,\"rss_kib\":%ld}\n",
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6, milliseconds(usage.ru_utime), milliseconds(usage.ru_stime),
            usage.ru_maxrss);
    return fclose(result) == 0 ? 0 : 1;
}
