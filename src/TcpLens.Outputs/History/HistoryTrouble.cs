using TcpLens.Core.Text;
using TcpLens.Sqlite;

namespace TcpLens.Outputs.History;

/// <summary>What can be wrong with the file, and what to do about it.</summary>
internal static class HistoryTrouble
{
    public static Phrase Opening { get; } = new("the history is still being opened", "历史数据仍在打开中");

    public static Phrase Busy { get; } = new(
        "too many questions about the past at once: ask again in a moment", "同时进行的历史查询过多：请稍后再试");

    public static Phrase TookTooLong { get; } = new(
        "reading the history took too long: the answer is not complete; ask for a shorter time", "读取历史数据耗时过长，结果不完整：请缩短时间范围");

    public static Phrase Missing(string path) => new Phrase(
        "there is no history at {0}: it is kept while the resident monitor runs (tcplens serve); --file names another",
        "{0} 处没有历史数据：历史由常驻监控进程（tcplens serve）在运行期间保存；可用 --file 指定其他文件").With(path);

    public static Phrase NoDirectory(string directory) => new Phrase(
        "the directory {0} and the one above it do not exist: create it and give it to the user of the monitor",
        "目录 {0} 及其上级目录都不存在：请创建目录，并将其属主设为运行监控的用户").With(directory);

    public static Phrase Stranger(string path) => new Phrase(
        "{0} is not a history of tcplens and is left untouched: choose another file name", "{0} 不是 tcplens 的历史文件，未做任何改动：请改用其他文件名").With(path);

    public static Phrase Newer(string path) => new Phrase(
        "{0} was written by a newer tcplens and is left untouched: run that version, or choose another file name",
        "{0} 由更新版本的 tcplens 写入，未做任何改动：请运行该版本，或改用其他文件名").With(path);

    public static Phrase Taken(string path) => new Phrase(
        "another tcplens writes to {0} already: stop one of them, or give each a file of its own",
        "另一个 tcplens 正在写入 {0}：请停止其中一个，或为它们分别指定文件").With(path);

    public static Phrase Damaged(string path) => new Phrase(
        "{0} is damaged: the monitor sets it aside under another name and begins a new one", "{0} 已损坏：监控会将其改名保留，并新建历史文件").With(path);

    public static Phrase SetAside(string path, string aside) => new Phrase(
        "{0} was damaged; it was set aside as {1}, and a new one begun. Files set aside are never deleted: remove them when you need them no more",
        "{0} 已损坏，已改名为 {1} 保留，并新建了历史文件。保留的文件不会被自动删除，不再需要时请自行清理").With(path, aside);

    public static Phrase TooManyAside(string path) => new Phrase(
        "{0} is damaged again, and {1} damaged files lie beside it already: check the disk, and remove those files to go on",
        "{0} 再次损坏，且旁边已有 {1} 个损坏文件：请检查磁盘，并清理这些文件后继续").With(path, HistoryFile.AsideMaximum);

    public static Phrase Of(string path, Exception failure) => failure switch
    {
        SqliteException sqlite => Of(path, sqlite),
        UnauthorizedAccessException => NoPermission(path),
        _ when failure.Message.Contains("Read-only file system", StringComparison.Ordinal) => ReadOnly(path),
        _ when failure.Message.Contains("No space left", StringComparison.Ordinal) => Full(path),
        _ => new Phrase("{0} cannot be used: {1}", "无法使用 {0}：{1}").With(path, failure.Message),
    };

    private static Phrase Of(string path, SqliteException failure) => failure.Code switch
    {
        SqliteCode.Full => Full(path),
        SqliteCode.ReadOnly => ReadOnly(path),
        SqliteCode.Permission => NoPermission(path),
        SqliteCode.Corrupt or SqliteCode.NotDatabase => Damaged(path),
        SqliteCode.Busy or SqliteCode.Locked => new Phrase(
            "another program has locked {0}: end it (a sqlite3 shell, a backup)", "其他程序锁住了 {0}：请结束该程序（如 sqlite3 命令行或备份程序）").With(path),
        SqliteCode.CannotOpen => new Phrase(
            "{0} cannot be opened: see that the file and its directory belong to the user of the monitor ({1})",
            "无法打开 {0}：请确认该文件及其目录属于运行监控的用户（{1}）").With(path, failure.Message),
        _ => new Phrase("{0} cannot be read or written: {1}; look at the disk (dmesg)", "无法读写 {0}：{1}；请检查磁盘（dmesg）").With(path, failure.Message),
    };

    private static Phrase Full(string path) => new Phrase(
        "the disk with {0} is full: free some space; storing goes on by itself", "{0} 所在的磁盘已满：请腾出空间，之后会自动恢复保存").With(path);

    private static Phrase ReadOnly(string path) => new Phrase(
        "{0} is read-only: mount its file system writable, or give the file to the user of the monitor",
        "{0} 只读：请以可写方式挂载其文件系统，或将文件属主设为运行监控的用户").With(path);

    private static Phrase NoPermission(string path) => new Phrase(
        "no permission for {0}: give the file and its directory to the user of the monitor, or run as a user who may read it",
        "没有访问 {0} 的权限：请将该文件及其目录的属主设为运行监控的用户，或以有权读取的用户运行").With(path);
}
