using System.Buffers;
using System.Text;
using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Reading;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;

namespace TcpLens.Commands;

/// <summary>Answers an item key from one reading of the kernel. What fails is "not supported" with a reason, never a wrong number.</summary>
internal static class ZabbixKeys
{
    public static AgentAnswer Answer(string text, IKernel kernel)
    {
        if (!ItemKey.TryParse(text, out var key))
            return AgentAnswer.NotSupported("Invalid item key format.");
        try
        {
            return Answer(key, kernel);
        }
        catch (SourceUnavailableException unavailable)
        {
            return AgentAnswer.NotSupported(unavailable.Message);
        }
        catch (NamespaceNotFoundException missing)
        {
            return AgentAnswer.NotSupported(missing.Message);
        }
        catch (SyscallException failure)
        {
            return AgentAnswer.NotSupported(failure.Message);
        }
    }

    private static AgentAnswer Answer(ItemKey key, IKernel kernel)
    {
        if (RecipeKeys.IsKnown(key.Name))
            return RecipeKeys.Answer(key, () => kernel.Read(null, SourceChoice.Auto).Whole!.Counts);
        if (key.Name == KeyNames.State)
            return Count(key, kernel);
        Action<IBufferWriter<byte>>? write = key.Name switch
        {
            KeyNames.States => output => StatesDocument.Write(kernel.ReadDetailed(), ProductVersion.Text, output),
            KeyNames.Ports => output => PortsDiscovery.Write(kernel.ReadDetailed(), output),
            KeyNames.Namespaces => output => NamespacesDiscovery.Write(kernel.Survey(), output),
            _ => null,
        };
        if (write is null)
            return RecipeKeys.Unknown(key.Name);
        if (!key.Parameters.IsEmpty)
            return AgentAnswer.NotSupported("Invalid number of parameters.");
        var bytes = new ArrayBufferWriter<byte>(16 * 1024);
        write(bytes);
        return AgentAnswer.Value(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private static AgentAnswer Count(ItemKey key, IKernel kernel)
    {
        if (!StateQuery.TryParse(key, out var query, out string? error))
            return AgentAnswer.NotSupported(error);
        var sink = new MatchingSockets(query);
        foreach (var (netns, pass) in kernel.Stream(query.Namespace, null, SourceChoice.Auto, query.Filter.States, _ => sink))
        {
            if (pass.Completeness != Completeness.Complete)
                return AgentAnswer.NotSupported($"{netns}: {pass.Reason?.English ?? pass.Completeness.ToString()}");
            if (query.NeedsClose && pass.CloseUnseen is { } unseen)
                return AgentAnswer.NotSupported(unseen.English);
        }

        return AgentAnswer.Value(sink.Count.ToString());
    }

    private sealed class MatchingSockets(StateQuery query) : ISocketSink
    {
        public long Count { get; private set; }

        public bool Take(in SocketRecord socket)
        {
            if (query.Filter.Matches(socket))
                Count++;
            return true;
        }
    }
}
