using Microsoft.Extensions.Logging;

namespace TcpLens.Zabbix.Passive;

/// <summary>Answers requests out of an item source, each item within its time.</summary>
internal sealed class PassiveItems(PassiveAgentSettings settings, IItemSource source, TimeProvider clock, ILogger log)
{
    private readonly LogRation _failures = new(clock);

    /// <summary>The data of the answer.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="end"/> has come.</exception>
    public async Task<byte[]> AnswerAsync(PassiveRequest request, CancellationToken end)
    {
        if (request.Problem is { } problem)
            return PassiveReply.JsonFailure(settings.Version, settings.Variant, problem);
        // The asker waits since it has asked: a key's time also runs while those before it are answered, and no request lasts longer than one timeout.
        long start = clock.GetTimestamp();
        var answers = new AgentAnswer[request.Checks.Length];
        for (int i = 0; i < answers.Length; i++)
            answers[i] = await AnswerAsync(request.Checks[i], start, end).ConfigureAwait(false);
        return request.IsJson ? PassiveReply.Json(settings.Version, settings.Variant, answers) : PassiveReply.Plain(answers[0]);
    }

    private async Task<AgentAnswer> AnswerAsync(PassiveCheck check, long start, CancellationToken end)
    {
        if (check.Problem is { } problem)
            return AgentAnswer.NotSupported(problem);
        var left = (check.Timeout ?? settings.Timeout) - clock.GetElapsedTime(start);
        if (left <= TimeSpan.Zero)
            return Late();
        using var limit = new TimeLimit(left, clock, end);
        try
        {
            // A source that does not listen to its token is left behind.
            return await source.AnswerAsync(check.Key, limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return limit.IsOver ? Late() : AgentAnswer.NotSupported("Gathering of the value was cancelled.");
        }
#pragma warning disable CA1031 // A defect in one item must not look like a host that is down.
        catch (Exception defect) when (defect is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (_failures.MaySay(out long unsaid))
                log.SourceFailed(check.Key, defect.ToString(), unsaid);
            return AgentAnswer.NotSupported($"Internal error: {defect.Message}");
        }
    }

    /// <summary>In the words of agent 2.</summary>
    private static AgentAnswer Late() => AgentAnswer.NotSupported("Timeout occurred while gathering data.");
}
