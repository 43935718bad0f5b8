using System.Diagnostics;
using System.Text.Json;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>The problems of some hosts, open ones and those that are over, as the server tells them; for several threads that wait for one.</summary>
internal sealed class Problems(ZabbixServer server, IEnumerable<string> hostIds)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly string _question =
        $$"""{"output":["eventid","objectid","r_eventid"],"hostids":[{{string.Join(',', hostIds.Select(id => $"\"{id}\""))}}],"recent":true}""";

    private readonly Lock _lock = new();
    private JsonElement _answer;
    private Stopwatch? _sinceAsked;

    /// <summary>The triggers that have or had a problem, by the server's ids; one that had two stands here twice.</summary>
    public string[] Triggers => [.. All.Select(problem => problem.GetProperty("objectid").GetString()!)];

    private JsonElement.ArrayEnumerator All
    {
        get
        {
            lock (_lock)
            {
                if (_sinceAsked is null || _sinceAsked.Elapsed > s_pause)
                {
                    _answer = server.Api("problem.get", _question);
                    _sinceAsked = Stopwatch.StartNew();
                }

                return _answer.EnumerateArray();
            }
        }
    }

    /// <summary>Whether the trigger has or had a problem.</summary>
    public bool HasOpened(string trigger) => Triggers.Contains(trigger, StringComparer.Ordinal);

    /// <summary>Whether the trigger had a problem and has none any more.</summary>
    public bool IsOver(string trigger)
    {
        var own = All.Where(problem => problem.GetProperty("objectid").GetString() == trigger).ToArray();
        return own.Length > 0 && own.All(problem => problem.GetProperty("r_eventid").GetString() != "0");
    }
}
