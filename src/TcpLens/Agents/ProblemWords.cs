using TcpLens.Core.Text;
using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Agents;

/// <summary>Says in words what is wrong with an agent's configuration.</summary>
internal static class ProblemWords
{
    public static Phrase Of(ConfigurationProblem problem)
    {
        string place = problem.Line > 0 ? $"{problem.File}:{problem.Line}" : problem.File;
        return problem.Fault switch
        {
            ConfigurationFault.Unreadable => new Phrase("{0}: cannot be read ({1})", "{0}：无法读取（{1}）").With(place, ReasonOf(problem.Subject)),
            ConfigurationFault.IncludeMissing => new Phrase("{0}: Include names {1}, which does not exist", "{0}：Include 指定的 {1} 不存在").With(place, problem.Subject),
            ConfigurationFault.IncludePattern => new Phrase("{0}: Include={1} has its * in the wrong place", "{0}：Include={1} 中 * 的位置不对").With(place, problem.Subject),
            ConfigurationFault.IncludeDepth => new Phrase("{0}: includes more than 10 files deep ({1})", "{0}：Include 嵌套超过 10 层（{1}）").With(place, problem.Subject),
            ConfigurationFault.LineLength => new Phrase("{0}: longer than the agent reads (2048 bytes a line)", "{0}：超过 agent 可读的长度（每行 2048 字节）").With(place),
            ConfigurationFault.LineForm => new Phrase("{0}: not of the form Name=Value", "{0}：不是“名称=值”的形式").With(place),
            ConfigurationFault.LineEncoding => new Phrase("{0}: not UTF-8", "{0}：不是 UTF-8 编码").With(place),
            _ => Phrase.Same(place),
        };
    }

    private static Phrase ReasonOf(string reason) =>
        reason == "permission denied" ? new Phrase("permission denied", "权限不足") : new Phrase("not found", "文件不存在");
}
