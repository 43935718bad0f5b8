using System.Buffers;
using System.Text;
using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Reading;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;

namespace TcpLens.Commands;

/// <summary>Answers an item key from one reading of the kernel. What fails is "not supported" with a reason, never a wrong number.</summary>
internal static class ZabbixKeys
{
    /// <summary>The value of a key, or why there is none.</summary>
    /// <param name="text">The key.</param>
    /// <param name="kernel">What is read.</param>
    /// <param name="isRead">Whether its reading is there already. Otherwise the kernel is asked for the wanted states alone, which is less.</param>
    /// <param name="monitor">Whether a resident monitor was asked before; <see langword="null"/>: none was, unless it is the one that answers.</param>
    public static AgentAnswer Answer(string text, IKernel kernel, bool isRead = false, MonitorPresence? monitor = null)
    {
        if (!ItemKey.TryParse(text, out var key))
            return AgentAnswer.NotSupported("Invalid item key format.");
        try
        {
            return Answer(key, kernel, isRead, monitor ?? (kernel.Health is null ? MonitorPresence.NotAsked : MonitorPresence.Running));
        }
        catch (Exception failure) when (IsOfKernel(failure))
        {
            return AgentAnswer.NotSupported(failure.Message);
        }
    }

    /// <summary>Whether the failure is one that an asker is told: the kernel, or what was asked of it, gives no answer.</summary>
    public static bool IsOfKernel(Exception failure) => failure is SourceUnavailableException or NamespaceNotFoundException or SyscallException;

    /// <summary>The answer to a query after a pass that counted <paramref name="count"/> sockets for it.</summary>
    public static AgentAnswer Counted(ISocketQuery query, long count, Pass pass)
    {
        if (Missing(pass.Completeness, pass.Reason) is { } missing)
            return missing;
        return query.NeedsClose && pass.CloseUnseen is { } unseen ? AgentAnswer.NotSupported(unseen.English) : AgentAnswer.Value(count.ToString());
    }

    private static AgentAnswer Answer(ItemKey key, IKernel kernel, bool isRead, MonitorPresence monitor)
    {
        if (RecipeKeys.IsKnown(key.Name))
            return Recipe(key, kernel);
        if (key.Name == KeyNames.State)
            return Count(key, kernel, isRead);
        if (key.Name is not (KeyNames.States or KeyNames.Findings or KeyNames.Ports or KeyNames.Namespaces or KeyNames.Services))
            return RecipeKeys.Unknown(key.Name);
        if (!key.Parameters.IsEmpty)
            return AgentAnswer.NotSupported("Invalid number of parameters.");
        if (key.Name == KeyNames.Namespaces)
            return Document(output => NamespacesDiscovery.Write(kernel.Survey(), output));
        if (key.Name == KeyNames.Findings)
            return Document(output => FindingsDocument.Write(kernel.Health, output));
        if (key.Name == KeyNames.Services)
            return Document(output => ServicesDocument.Write(kernel.CountOwners(), output));

        var reading = kernel.ReadDetailed();
        if (Missing(reading.States.Completeness, reading.States.CompletenessReason) is { } missing)
            return missing;
        return Document(output =>
        {
            if (key.Name == KeyNames.States)
                StatesDocument.Write(reading, kernel.Health, monitor, ProductVersion.Text, output);
            else
                PortsDiscovery.Write(reading, output);
        });
    }

    private static AgentAnswer Document(Action<IBufferWriter<byte>> write)
    {
        var bytes = new ArrayBufferWriter<byte>(16 * 1024);
        write(bytes);
        return AgentAnswer.Value(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private static AgentAnswer Recipe(ItemKey key, IKernel kernel) => FromReading(kernel, counts => RecipeKeys.Answer(key, counts));

    private static AgentAnswer Whole(StateQuery query, IKernel kernel) => FromReading(kernel, counts => query.NeedsClose && counts.CloseUnseen is { } unseen
        ? AgentAnswer.NotSupported(unseen.English)
        : AgentAnswer.Value(TcpStates.All.Where(info => query.Filter.States.Contains(info.State)).Sum(info => counts[info.State]?.Total ?? 0).ToString()));

    private static AgentAnswer FromReading(IKernel kernel, Func<StateCounts, AgentAnswer> answer)
    {
        var reading = kernel.Read(null, SourceChoice.Auto);
        return reading.Whole is not { } whole
            ? AgentAnswer.NotSupported(reading.Namespaces[0].Failure?.English ?? "nothing could be read")
            : Missing(whole.Completeness, whole.CompletenessReason) ?? answer(whole.Counts);
    }

    // What an interrupted reading counts is off by what came and went meanwhile; of the others a whole part is missing.
    private static AgentAnswer? Missing(Completeness completeness, Phrase? reason) =>
        completeness is Completeness.Partial or Completeness.Truncated ? AgentAnswer.NotSupported(reason?.English ?? "a part is missing") : null;

    private static AgentAnswer Count(ItemKey key, IKernel kernel, bool isRead)
    {
        if (!StateQuery.TryParse(key, out var query, out string? error))
            return AgentAnswer.NotSupported(error);
        if (isRead && query.IsOfWholeStates)
            return Whole(query, kernel);
        var sink = new MatchingSockets(query);
        var passes = kernel.Stream(query.Namespace, null, SourceChoice.Auto, query.States, _ => sink);
        foreach (var (_, pass) in passes)
        {
            if (Counted(query, sink.Count, pass) is { IsSupported: false } missing)
                return missing;
        }

        return AgentAnswer.Value(sink.Count.ToString());
    }

    private sealed class MatchingSockets(ISocketQuery query) : ISocketSink
    {
        public long Count { get; private set; }

        public SocketDetail Detail => SocketDetail.Ends;

        public bool Take(in SocketRecord socket)
        {
            if (query.Matches(socket))
                Count++;
            return true;
        }
    }
}
