namespace TcpLens.Configuration;

/// <summary>What a value is before its setting has read it.</summary>
internal enum RawKind
{
    /// <summary>From the environment or the command line, where everything is text.</summary>
    Word,

    /// <summary>Between quotation marks in the file.</summary>
    Text,

    /// <summary>A whole number or one with a fraction.</summary>
    Number,

    /// <summary>true or false.</summary>
    Switch,

    /// <summary>Values between brackets.</summary>
    List,

    /// <summary>A table or a date, which no setting takes.</summary>
    Other,
}
