using System.Collections.Immutable;
using System.Text;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.Doctor;

/// <summary>An examination for people: findings, the worst first, then what was checked.</summary>
public sealed class DoctorView
{
    private const string Indent = "  ";
    private const int WhatWidth = 42;

    private readonly Language _language;
    private readonly Style _style;
    private readonly int _columns;
    private readonly int _labels;
    private readonly StringBuilder _text = new();

    private DoctorView(Language language, Style style, int columns)
    {
        (_language, _style, _columns) = (language, style, columns);
        _labels = new[] { Evidence, Cause, RuledOut, Do }.Max(label => TextLayout.Width(label.In(language))) + 2;
    }

    /// <summary>Renders it in lines of at most <paramref name="columns"/>.</summary>
    public static string Render(Examination examination, Language language, Style style, int columns)
    {
        var view = new DoctorView(language, style, columns);
        view.Append(examination);
        return view._text.ToString();
    }

    private static Phrase Evidence { get; } = new("Evidence", "证据");

    private static Phrase Cause { get; } = new("Cause", "原因");

    private static Phrase RuledOut { get; } = new("Not", "已排除");

    private static Phrase Do { get; } = new("Do", "处理");

    private void Append(Examination examination)
    {
        var open = examination.Health.Open;
        Line(_style.Bold(examination.HostName) + $"  {examination.Kernel}  {examination.Namespace}  " + Watched(examination).In(_language));
        Line("");
        foreach (var record in open)
            Append(record.Finding, examination.IsOfMonitor ? examination.At - record.Opened : null);
        var checks = examination.Health.Checks;
        ImmutableArray<Check> unknown = [.. checks.Where(check => check.Result == CheckResult.Unknown)];
        ImmutableArray<Check> passing = [.. checks.Where(check => check.Result == CheckResult.Found && open.All(record => record.Finding.Rule != check.Rule))];
        ImmutableArray<Check> fine = [.. checks.Where(check => check.Result == CheckResult.Fine)];
        Line(_style.Bold((open.Length switch
        {
            0 => new Phrase("Nothing is wrong.", "一切正常。"),
            1 => new Phrase("1 finding.", "发现 1 个问题。"),
            _ => new Phrase("{0} findings.", "发现 {0} 个问题。").With(open.Length),
        }).In(_language)));
        Append(new Phrase("Checked and fine", "检查正常"), fine);
        Append(new Phrase("Seen, but it did not last", "出现过但未持续"), passing);
        Append(new Phrase("Could not be judged here", "此处无法判断"), unknown);
    }

    private static Phrase Watched(Examination examination) => examination.IsOfMonitor
        ? new Phrase("the resident monitor has watched for {0}", "常驻监控已观察 {0}").With(Figures.Time(examination.Watched))
        : new Phrase("watched for {0} s", "观察了 {0} 秒").With($"{examination.Watched.TotalSeconds:0.#}");

    private void Append(Finding finding, TimeSpan? age)
    {
        string since = age is { } time ? Indent + new Phrase("for {0}", "已持续 {0}").With(Figures.Time(time)).In(_language) : "";
        Line(_style.Bold(Level(finding.Level).In(_language)) + Indent + finding.Subject.Name.In(_language) + since + Indent + _style.Faint(finding.Rule));
        Hang(Indent, finding.Sentence.In(_language));
        if (finding.Subject.Owner is { } owner)
            Row(new("Owner", "所有者"), owner);
        Row(Evidence, string.Join(_language == Language.Chinese ? "；" : "; ", finding.Evidence.Select(one => $"{one.Label.In(_language)} {one.Text.In(_language)}")));
        Row(Cause, finding.Cause.In(_language) + Sure(finding.Confidence).In(_language));
        foreach (var other in finding.RuledOut)
            Row(RuledOut, other.In(_language));
        Row(Do, finding.Advice.In(_language));
        foreach (var remedy in finding.Remedies)
        {
            Line(Margin + "$ " + _style.Bold(remedy.Command));
            Hang(Margin + "    ", remedy.Tells.In(_language));
        }

        Line(Indent + _style.Faint(finding.Source));
        Line("");
    }

    private void Append(Phrase title, ImmutableArray<Check> checks)
    {
        if (checks.IsEmpty)
            return;
        Line("");
        Line(new Phrase("{0} ({1}):", "{0}（{1}）：").With(title, checks.Length).In(_language));
        foreach (var check in checks)
        {
            string what = Indent + TextLayout.PadRight(check.What.In(_language), WhatWidth);
            Hang(what + Indent, check.Told.In(_language));
        }
    }

    private string Margin => Indent + new string(' ', _labels);

    private static Phrase Level(Severity level) => level switch
    {
        Severity.Critical => new("CRITICAL", "严重"),
        Severity.Warning => new("WARNING", "警告"),
        _ => new("NOTICE", "提示"),
    };

    private static Phrase Sure(Confidence confidence) => confidence switch
    {
        Confidence.High => new(" (sure)", "（确定）"),
        Confidence.Medium => new(" (likely)", "（很可能）"),
        _ => new(" (possible)", "（可能）"),
    };

    private void Row(Phrase label, string text) => Hang(Indent + TextLayout.PadRight(label.In(_language), _labels), text);

    private void Hang(string mark, string sentence)
    {
        int width = TextLayout.Width(mark);
        foreach (string line in TextLayout.Wrap(sentence, Math.Max(20, _columns - width)))
        {
            Line(mark + line);
            mark = new string(' ', width);
        }
    }

    private void Line(string line) => _text.Append(line.TrimEnd(' ')).Append('\n');
}
