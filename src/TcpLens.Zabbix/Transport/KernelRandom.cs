using Microsoft.Win32.SafeHandles;
using Org.BouncyCastle.Crypto.Prng;

namespace TcpLens.Zabbix.Transport;

/// <summary>
/// Random bytes from the kernel (<c>/dev/urandom</c>, random(4)). .NET's own generator is OpenSSL's: without libssl on the host it ends the process, and a
/// pre-shared key needs no libssl.
/// </summary>
internal sealed class KernelRandom : IRandomGenerator
{
    private readonly SafeFileHandle _device = File.OpenHandle("/dev/urandom", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    /// <summary>The kernel needs no seed from us.</summary>
    public void AddSeedMaterial(byte[] seed)
    {
    }

    public void AddSeedMaterial(ReadOnlySpan<byte> seed)
    {
    }

    public void AddSeedMaterial(long seed)
    {
    }

    public void NextBytes(byte[] bytes) => NextBytes(bytes.AsSpan());

    public void NextBytes(byte[] bytes, int start, int len) => NextBytes(bytes.AsSpan(start, len));

    public void NextBytes(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = RandomAccess.Read(_device, bytes, fileOffset: 0);
            if (count == 0)
                throw new IOException("/dev/urandom gave no bytes: it is not the kernel's random device");
            bytes = bytes[count..];
        }
    }
}
