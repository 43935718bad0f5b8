using System.CommandLine;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>An option that is there or not.</summary>
internal sealed class SwitchOption : Option<bool>
{
    public SwitchOption(string name, Phrase summary, params string[] aliases)
        : base(name, aliases)
    {
        Summary = summary;
        // Else a word "true" behind it would be its own and not an argument.
        Arity = ArgumentArity.Zero;
    }

    public Phrase Summary { get; }
}
