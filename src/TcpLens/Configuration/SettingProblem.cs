using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Something wrong in the configuration: where, what was found and what is allowed.</summary>
internal sealed record SettingProblem(SettingOrigin Where, Phrase Message)
{
    /// <summary>One line: <c>FILE:LINE:COLUMN: message</c>.</summary>
    public Phrase Line => Where.Place.Length == 0 ? Message : new Phrase($"{Where.Place}: {Message.English}", $"{Where.Place}: {Message.Chinese}");
}
