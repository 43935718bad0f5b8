using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Where a value comes from.</summary>
/// <param name="Kind">Which of the sources.</param>
/// <param name="Name">The file's path, the variable's or the option's name; empty for a default.</param>
/// <param name="Line">The line in the file, from 1; 0 where there is none.</param>
/// <param name="Column">The character in the line, from 1; 0 where there is none.</param>
internal sealed record SettingOrigin(OriginKind Kind, string Name, int Line = 0, int Column = 0)
{
    public static SettingOrigin Default { get; } = new(OriginKind.Default, "");

    /// <summary>For people: <c>default</c>, <c>FILE:LINE</c>, <c>environment NAME</c>, <c>option --NAME</c>.</summary>
    public Phrase Words => Kind switch
    {
        OriginKind.Default => new Phrase("default", "默认值"),
        OriginKind.File when Line == 0 => Phrase.Same(Name),
        OriginKind.File => Phrase.Same($"{Name}:{Line}"),
        OriginKind.Environment => new Phrase("environment {0}", "环境变量 {0}").With(Name),
        _ => new Phrase("option {0}", "选项 {0}").With(Name),
    };

    /// <summary>In front of a message, as editors and compilers write it: <c>FILE:LINE:COLUMN</c>, or the name.</summary>
    public string Place => Line == 0 ? Name : $"{Name}:{Line}:{Column}";
}
