using System.Text;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Agents;

/// <summary>Writes and removes the one file of TcpLens in an agent's configuration; every other file is only read.</summary>
internal sealed class Installer(AgentHost host)
{
    private const UnixFileMode ForEverybodyToRead = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes the file, unless something is in the way; what a dry run would do is told and not done.</summary>
    /// <exception cref="UnauthorizedAccessException">Only root may write there.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public InstallResult Install(FoundAgent agent, bool skipExisting, bool dryRun)
    {
        var settings = agent.ReadSettings(host);
        if (settings.Files.IsEmpty)
            return new InstallResult(agent, InstallAction.Unreadable) { Problems = settings.Problems };
        var plan = DropInPlan.Make(settings, UserParameters.Of(host.Binary), skipExisting, host.ReadFile);
        var action = plan.State switch
        {
            DropInState.NoPlace => InstallAction.NoPlace,
            DropInState.Foreign => InstallAction.Foreign,
            _ when !plan.Collisions.IsEmpty && !skipExisting => InstallAction.Collision,
            DropInState.Current => InstallAction.Unchanged,
            _ => dryRun ? InstallAction.WouldWrite : InstallAction.Written,
        };
        if (action == InstallAction.Written)
            Write(host.At(plan.Path), plan.Text);
        return new InstallResult(agent, action)
        {
            Plan = plan,
            Files = [plan.Path],
            Problems = settings.Problems,
            Obstacle = agent.User is { } user ? BinaryAccess.Obstacle(host, user, host.Binary) : null,
        };
    }

    /// <summary>Removes the files that are ours.</summary>
    /// <exception cref="UnauthorizedAccessException">Only root may delete there.</exception>
    public InstallResult Uninstall(FoundAgent agent, bool dryRun)
    {
        var settings = agent.ReadSettings(host);
        string[] ours = [.. DropInPlan.Present(settings, host.ReadFile)];
        if (!dryRun)
        {
            foreach (string file in ours)
                File.Delete(host.At(file));
        }

        return new InstallResult(agent, ours.Length == 0 ? InstallAction.NothingToRemove : dryRun ? InstallAction.WouldRemove : InstallAction.Removed) { Files = ours };
    }

    // An agent that starts in between reads the old file or the new one, never a half. The name of the new one ends in no .conf.
    private static void Write(string path, string text)
    {
        string temporary = path + ".new";
        try
        {
            // Made anew, so that a link that lies there under this name leads nowhere.
            File.Delete(temporary);
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(file.SafeFileHandle, ForEverybodyToRead);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
