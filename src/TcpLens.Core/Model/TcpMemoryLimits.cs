namespace TcpLens.Core.Model;

/// <summary>tcp_mem in pages: below <paramref name="Low"/> TCP does as it likes, from <paramref name="Pressure"/> on it saves, above <paramref name="Maximum"/> it drops.</summary>
public readonly record struct TcpMemoryLimits(long Low, long Pressure, long Maximum);
