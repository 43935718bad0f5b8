namespace TcpLens.UnitTests.Zabbix;

/// <summary>A small file system of a test's own: configuration files, /etc/passwd, processes.</summary>
internal sealed class AgentTree : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tcplens-agent-");

    public AgentTree()
    {
        Write("/etc/passwd", "root:x:0:0::/:/bin/sh\nzabbix:x:110:115::/:/usr/sbin/nologin\n");
        Write("/proc/sys/kernel/osrelease", "6.12.3-test\n");
        Write("/proc/self/mounts", "proc /proc proc rw,relatime 0 0\n");
        Write("/proc/self/mountinfo", "1 0 8:1 / / rw,relatime - ext4 /dev/a rw\n2 1 8:2 / /opt rw,noexec - ext4 /dev/b rw\n");
    }

    public string Root => _root.FullName;

    public void Dispose() => _root.Delete(recursive: true);

    public string At(string path) => Root + path;

    public AgentTree Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return this;
    }

    public AgentTree MakeDirectory(string path)
    {
        Directory.CreateDirectory(At(path));
        return this;
    }

    /// <summary>A process with that command line, as user zabbix.</summary>
    public AgentTree Run(int process, string name, params string[] commandLine)
    {
        Write($"/proc/{process}/comm", name + "\n");
        Write($"/proc/{process}/cmdline", string.Join('\0', commandLine) + "\0");
        Write($"/proc/{process}/status", "Name:\tx\nUid:\t110\t110\t110\t110\nGid:\t115\t115\t115\t115\nGroups:\t115 4 \n");
        File.CreateSymbolicLink(At($"/proc/{process}/exe"), commandLine[0]);
        File.CreateSymbolicLink(At($"/proc/{process}/cwd"), "/");
        return this;
    }

    /// <summary>Debian's agent 2 with its two Include lines.</summary>
    public AgentTree WithDebianAgent2() =>
        MakeDirectory("/etc/zabbix/zabbix_agent2.d").Write("/etc/zabbix/zabbix_agent2.d/plugins.d/ceph.conf", "Plugins.Ceph.InsecureSkipVerify=false\n")
            .Write("/etc/zabbix/zabbix_agent2.conf", "Server=127.0.0.1\nInclude=./zabbix_agent2.d/plugins.d/*.conf\nInclude=/etc/zabbix/zabbix_agent2.d/*.conf\n");

    /// <summary>Debian's classic agent, whose directory has another name than that of Zabbix's own packages.</summary>
    public AgentTree WithDebianAgentd() =>
        MakeDirectory("/etc/zabbix/zabbix_agentd.conf.d").Write("/etc/zabbix/zabbix_agentd.conf", "# comment\nTimeout = 5\nInclude=/etc/zabbix/zabbix_agentd.conf.d/*.conf\n");
}
