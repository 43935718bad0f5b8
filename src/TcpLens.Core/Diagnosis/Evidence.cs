using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>One number that a finding rests on.</summary>
/// <param name="Name">Its name for programs: <c>accept_queue</c>.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Empty for counts; <c>%</c>, <c>/s</c>, <c>s</c>, <c>pages</c>, <c>x</c> (times).</param>
public sealed record Evidence(string Name, Phrase Label, double Value, string Unit = "")
{
    /// <summary>The number with its unit, for people.</summary>
    public Phrase Text => Unit switch
    {
        "%" => new Phrase("{0} %", "{0}%").With($"{Value:0.#}"),
        "/s" => new Phrase("{0}/s", "{0}/秒").With($"{Value:#,##0.##}"),
        "s" => new Phrase("{0} s", "{0} 秒").With($"{Value:#,##0.##}"),
        "x" => new Phrase("{0} times", "{0} 倍").With($"{Value:#,##0.#}"),
        "pages" => new Phrase("{0} pages", "{0} 页").With($"{Value:#,##0.##}"),
        _ => Phrase.Same($"{Value:#,##0.##}"),
    };
}
