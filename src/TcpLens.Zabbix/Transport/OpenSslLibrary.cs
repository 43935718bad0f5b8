using System.Runtime.InteropServices;

namespace TcpLens.Zabbix.Transport;

/// <summary>The host's OpenSSL, which .NET loads for certificates. When it is missing .NET ends the process, so it is looked for before.</summary>
internal static class OpenSslLibrary
{
    /// <summary>The ones that .NET 10 loads, newest first.</summary>
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1"];

    public static bool IsPresent { get; } = Array.Exists(Names, name => NativeLibrary.TryLoad(name, out _));
}
