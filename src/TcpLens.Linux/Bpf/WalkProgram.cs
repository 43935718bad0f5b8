using System.Collections.Immutable;
using System.Text;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Bpf;

/// <summary>One of the programs, taken by the kernel and ready to be run.</summary>
internal sealed class WalkProgram : IDisposable
{
    private const int LogBytes = 16 * 1024;
    private const int LongestReason = 160;

    private static readonly string[] s_noReason = [";", "Validating ", "Func#", "func#", "processed ", "verification time", "stack depth"];

    private readonly FileDescriptor _program;

    private WalkProgram(FileDescriptor program) => _program = program;

    /// <summary>The object file of that name, as it was compiled into this program.</summary>
    public static BpfObject Embedded(string name)
    {
        using var stream = typeof(WalkProgram).Assembly.GetManifestResourceStream($"bpf/{name}.o")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return BpfObject.TryParse(bytes, out var found) ? found! : throw new InvalidOperationException($"bpf/{name}.o is not a program");
    }

    /// <summary>Links and loads a program that is run by <see cref="Run"/>.</summary>
    /// <returns><see langword="null"/>, or why the kernel does not take it.</returns>
    public static WalkFailure? TryLoad(BpfObject file, KernelTypes types, FileDescriptor map, out WalkProgram? program) =>
        TryLoad(file, types, map.Number, 0, out program);

    /// <summary>Links and loads a program that an iterator runs.</summary>
    /// <param name="file">The program, which has no shared memory.</param>
    /// <param name="types">Of the running kernel, with that function.</param>
    /// <param name="iterator">The kernel's function that stands for the iterator.</param>
    /// <param name="program">The program, to be attached.</param>
    /// <returns><see langword="null"/>, or why the kernel does not take it.</returns>
    public static WalkFailure? TryLoadIterator(BpfObject file, KernelTypes types, string iterator, out WalkProgram? program)
    {
        program = null;
        int function = types.IdOf(iterator);
        return function > 0
            ? TryLoad(file, types, 0, function, out program)
            : WalkRefusal.OfMember(new Phrase("this kernel has no iterator {0}", "当前内核没有迭代器 {0}").With(iterator));
    }

    /// <summary>Runs it once.</summary>
    public Errno Run(ReadOnlySpan<ulong> arguments, out uint returned) => BpfCall.Run(_program, arguments, out returned);

    /// <summary>Ties it to the iterator that it was loaded for.</summary>
    public Errno Attach(out FileDescriptor link) => BpfCall.AttachIterator(_program, out link);

    public void Dispose() => _program.Dispose();

    private static WalkFailure? TryLoad(BpfObject file, KernelTypes types, int map, int iterator, out WalkProgram? program)
    {
        program = null;
        if (BpfLinker.Link(file, types, map, out byte[] instructions) is { } missing)
            return WalkRefusal.OfMember(missing);
        var error = BpfCall.LoadTypes(FunctionTypes.Write(file.Functions), out var described);
        using (described)
        {
            if (error != Errno.None)
                return WalkRefusal.Of("BPF_BTF_LOAD", error);
            byte[] places = FunctionTypes.WritePlaces(file.Functions);
            error = BpfCall.LoadProgram(instructions, places, described, iterator, [], out var loaded);
            if (error == Errno.None)
            {
                program = new WalkProgram(loaded);
                return null;
            }

            loaded.Dispose();
            // The verifier's words cost time: only a refusal is asked for them.
            byte[] log = new byte[LogBytes];
            BpfCall.LoadProgram(instructions, places, described, iterator, log, out var again);
            again.Dispose();
            return WalkRefusal.Of("BPF_PROG_LOAD", error, FirstReason(log));
        }
    }

    // The verifier's way to the error and the sums behind it tell a user nothing.
    internal static string? FirstReason(ReadOnlySpan<byte> log)
    {
        int end = log.IndexOf((byte)0);
        foreach (string line in Encoding.Latin1.GetString(end < 0 ? log : log[..end]).Split('\n'))
        {
            string text = string.Concat(line.Where(c => !char.IsControl(c))).Trim();
            if (text.Length > 0 && !Array.Exists(s_noReason, text.StartsWith))
                return text[..Math.Min(text.Length, LongestReason)];
        }

        return null;
    }
}
