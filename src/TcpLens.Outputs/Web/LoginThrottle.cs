using System.Net;
using System.Net.Sockets;

namespace TcpLens.Outputs.Web;

/// <summary>Counts failed logins in windows of a minute, of each address and of all: who fails too often has to wait for the next window.</summary>
internal sealed class LoginThrottle(int mostOfOne, int mostOfAll, TimeProvider clock)
{
    /// <summary>Addresses that are told apart; more share what is left of the common limit.</summary>
    public const int AddressesMaximum = 1000;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _failures = [];
    private long _windowStart = clock.GetTimestamp();
    private int _all;

    /// <summary>Seconds that the address has to wait; 0 when it may try.</summary>
    /// <param name="address">Who wants to log in.</param>
    /// <param name="countsAll">Whether the failures of others count as well.</param>
    public int Wait(IPAddress? address, bool countsAll)
    {
        lock (_lock)
        {
            var elapsed = clock.GetElapsedTime(_windowStart);
            if (elapsed >= s_window)
            {
                _windowStart = clock.GetTimestamp();
                _failures.Clear();
                _all = 0;
                return 0;
            }

            bool mustWait = _failures.GetValueOrDefault(Site(address)) >= mostOfOne || (countsAll && _all >= mostOfAll);
            return mustWait ? (int)Math.Ceiling((s_window - elapsed).TotalSeconds) : 0;
        }
    }

    public void Failed(IPAddress? address)
    {
        lock (_lock)
        {
            _all++;
            var site = Site(address);
            if (_failures.Count < AddressesMaximum || _failures.ContainsKey(site))
                _failures[site] = _failures.GetValueOrDefault(site) + 1;
        }
    }

    // One host has 2^64 IPv6 addresses: its network counts.
    private static IPAddress Site(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address;
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
