using System.Buffers.Text;
using System.Collections.Immutable;
using TcpLens.Core.Owners;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Owners;

/// <summary>Reads how many descriptors processes have open, and how many they may have. A process that has ended, or may not be looked at, is left out.</summary>
public sealed class DescriptorReader(OwnerRoots? roots = null)
{
    /// <summary>The file of limits has 1,400 bytes.</summary>
    private const int FileBytes = 4096;

    private readonly OwnerRoots _roots = roots ?? OwnerRoots.System;
    private readonly ProcessFiles _files = new(roots ?? OwnerRoots.System);
    private readonly DescriptorFolder _folder = new();
    private readonly byte[] _buffer = new byte[FileBytes];

    /// <summary>Reads them, in the order of the owners.</summary>
    public ImmutableArray<DescriptorUse> Read(IEnumerable<Owner> owners)
    {
        var uses = ImmutableArray.CreateBuilder<DescriptorUse>();
        foreach (var owner in owners)
        {
            if (owner.ProcessId is { } process && ReadMaximum(process) is { } maximum && Count(process) is { } open && _files.IsStill(new Holder(process, owner.StartTime, owner)))
                uses.Add(new DescriptorUse(owner, open, maximum));
        }

        return uses.ToImmutable();
    }

    /// <summary>The soft limit; <see langword="null"/> when there is none.</summary>
    internal static long? ParseMaximum(ReadOnlySpan<byte> limits)
    {
        int at = limits.IndexOf("Max open files"u8);
        if (at < 0)
            return null;
        var number = limits[(at + "Max open files"u8.Length)..].TrimStart((byte)' ');
        return Utf8Parser.TryParse(number, out long maximum, out _) && maximum > 0 ? maximum : null;
    }

    private long? ReadMaximum(int process) =>
        SmallFile.Read($"{_roots.Proc}/{process}/limits", _buffer, out int length) == Errno.None ? ParseMaximum(_buffer.AsSpan(0, length)) : null;

    private long? Count(int process) => _folder.Count($"{_roots.Proc}/{process}/fd", out long open) == Errno.None ? open : null;
}
