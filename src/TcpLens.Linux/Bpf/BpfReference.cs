namespace TcpLens.Linux.Bpf;

/// <summary>An instruction that refers to something by name: a function of the program, the shared memory, or a number that the kernel's types tell.</summary>
internal readonly record struct BpfReference(int Instruction, string Name);
