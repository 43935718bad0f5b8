using System.CommandLine;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>An option that is there or not.</summary>
internal sealed class SwitchOption(string name, Phrase summary, params string[] aliases) : Option<bool>(name, aliases)
{
    public Phrase Summary { get; } = summary;
}
