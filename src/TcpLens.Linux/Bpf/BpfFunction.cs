namespace TcpLens.Linux.Bpf;

/// <summary>A function in a program, by the number of its first instruction.</summary>
internal readonly record struct BpfFunction(string Name, int Instruction);
