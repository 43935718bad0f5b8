using System.Globalization;
using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Agents;

/// <summary>
/// What SELinux lets an agent's domain do with the kernel's socket diagnosis. Where it is forbidden TcpLens reads <c>/proc</c> instead: right, but slower
/// with many sockets, and every poll leaves a denial in the audit log.
/// </summary>
internal static class SecurityModule
{
    private const string Directory = "/sys/fs/selinux";
    private const string Class = "netlink_tcpdiag_socket";

    private static readonly string[] s_permissions = ["create", "bind", "getattr", "setopt", "read", "write", "nlmsg_read"];

    /// <summary>The line on SELinux; <see langword="null"/> where the kernel has none.</summary>
    public static CheckLine? Check(AgentHost host, string? context)
    {
        if (host.ReadFile(Directory + "/enforce") is not { } enforce)
            return null;
        if (enforce.Trim() != "1")
            return CheckLine.Ok(new Phrase("SELinux is permissive", "SELinux 处于宽容模式"));
        if (context?.Split(':') is not [_, _, var domain, ..])
            return CheckLine.Note(new Phrase("SELinux is enforcing; whether it lets the agent through is only seen while the agent runs", "SELinux 处于强制模式；agent 运行时才能检查是否放行"));
        return Forbidden(host, context) switch
        {
            { Length: 0 } => CheckLine.Ok(new Phrase("SELinux lets {0} read socket diagnosis", "SELinux 允许 {0} 读取套接字诊断信息").With(domain)),
            var forbidden => new CheckLine(
                CheckVerdict.Problem,
                forbidden is null
                    ? new Phrase("SELinux is enforcing and cannot be asked what {0} may do", "SELinux 处于强制模式，无法查询 {0} 的权限").With(domain)
                    : new Phrase("SELinux forbids {0} socket diagnosis ({1}): values then come from /proc, slower", "SELinux 禁止 {0} 使用套接字诊断（{1}）：数值将改由 /proc 读取，速度较慢").With(domain, string.Join(' ', forbidden)),
                new Phrase("save this as tcplens.te and load it with the commands below it:", "请将以下内容保存为 tcplens.te，并用其后的命令加载："))
            {
                Recipe = $"{Policy(domain)}\n{LoadCommands}",
            },
        };
    }

    /// <summary>The policy module's source for a domain.</summary>
    public static string Policy(string domain) =>
        $$"""
        module tcplens 1.0;
        require {
            type {{domain}};
            class {{Class}} { {{string.Join(' ', s_permissions)}} };
        }
        allow {{domain}} self:{{Class}} { {{string.Join(' ', s_permissions)}} };

        """;

    /// <summary>What compiles the module and loads it.</summary>
    public const string LoadCommands =
        "checkmodule -M -m -o tcplens.mod tcplens.te\nsemodule_package -o tcplens.pp -m tcplens.mod\nsemodule -i tcplens.pp\n";

    /// <summary>The permissions that are missing, as the kernel itself decides; <see langword="null"/> when it does not say.</summary>
    private static string[]? Forbidden(AgentHost host, string context)
    {
        string about = $"{Directory}/class/{Class}";
        if (host.ReadFile(about + "/index") is not { } index || Ask(host, $"{context} {context} {index.Trim()}") is not { } allowed)
            return null;
        return [.. s_permissions.Where(name =>
            int.TryParse(host.ReadFile($"{about}/perms/{name}"), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int bit)
            && (allowed & (1u << (bit - 1))) == 0)];
    }

    // Writing a question to this file and reading from it gives "allowed decided auditallow auditdeny seqno flags", the first in hexadecimal.
    private static uint? Ask(AgentHost host, string question)
    {
        try
        {
            using var file = new FileStream(host.At(Directory + "/access"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            file.Write(Encoding.ASCII.GetBytes(question));
            Span<byte> answer = stackalloc byte[256];
            int length = file.Read(answer);
            return uint.TryParse(Encoding.ASCII.GetString(answer[..length]).Split(' ')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint allowed) ? allowed : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
