using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TcpLens.Zabbix.Sender;

/// <summary>What a server or proxy answers to values and requests (Zabbix manual, "Zabbix sender protocol" and "Passive and active agent checks").</summary>
public sealed record ServerAnswer
{
    /// <summary>Whether <c>response</c> is "success". That alone says nothing about values: see <see cref="Count"/>.</summary>
    public required bool IsSuccess { get; init; }

    /// <summary>The server's words; empty when it gives none.</summary>
    public required string Info { get; init; }

    /// <summary>What became of the values; <see langword="null"/> when the server does not say, and then it took none.</summary>
    public required ValueCount? Count { get; init; }

    /// <summary>Where to ask instead; then the request was not looked at.</summary>
    public required Redirect? Redirect { get; init; }

    /// <summary>Whether no values shall come for now: the proxy's memory is full (7.0).</summary>
    public required bool IsUploadPaused { get; init; }

    /// <summary>Reads an answer; <see langword="false"/> when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> data, [NotNullWhen(true)] out ServerAnswer? answer)
    {
        answer = null;
        if (!AnswerDocument.TryParse(data, out var document))
            return false;
        using (document)
            answer = Read(document.RootElement);
        return answer is not null;
    }

    internal static ServerAnswer? Read(JsonElement root)
    {
        if (AnswerDocument.Text(root, "response") is not { } response)
            return null;
        string info = AnswerDocument.Text(root, "info") ?? "";
        return new ServerAnswer
        {
            IsSuccess = response == "success",
            Info = info,
            Count = ValueCount.TryParse(info, out var count) ? count : null,
            Redirect = ReadRedirect(root),
            IsUploadPaused = AnswerDocument.Text(root, "upload") == "disabled",
        };
    }

    private static Redirect? ReadRedirect(JsonElement root)
    {
        if (!root.TryGetProperty("redirect", out var redirect) || redirect.ValueKind != JsonValueKind.Object)
            return null;
        if (redirect.TryGetProperty("reset", out var reset) && reset.ValueKind == JsonValueKind.True)
            return new Redirect(null, 0);
        return AnswerDocument.TryNumber(redirect, "revision", out ulong revision) && ZabbixAddress.TryParse(AnswerDocument.Text(redirect, "address"), out var address)
            ? new Redirect(address, revision)
            : null;
    }
}
