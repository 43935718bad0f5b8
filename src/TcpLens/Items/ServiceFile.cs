using TcpLens.Outputs.Zabbix;

namespace TcpLens.Items;

/// <summary>The host's names of services, read when a name is asked for.</summary>
internal static class ServiceFile
{
    private const string Path = "/etc/services";

    /// <summary>The port of a TCP service; <see langword="null"/> where the file does not know it, or is not there.</summary>
    public static ushort? PortOf(string service)
    {
        try
        {
            return ServiceNames.Find(File.ReadAllText(Path), service);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            // A host without the file has no names of services, for the agents neither.
            return null;
        }
    }
}
