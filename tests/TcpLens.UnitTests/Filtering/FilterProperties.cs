using System.Net;
using CsCheck;
using TcpLens.Core.Filtering;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using Xunit;

namespace TcpLens.UnitTests.Filtering;

/// <summary>Random filters and sockets against a second, naive reading of the language made with System.Net.</summary>
public sealed class FilterProperties
{
    private static readonly string[] s_addresses =
        ["0.0.0.0", "10.0.0.1", "10.1.2.3", "127.0.0.1", "192.0.2.1", "255.255.255.255", "::", "::1", "::7f00:1", "2001:db8::1", "2001:db8:ffff::2", "fe80::1", "ffff::"];

    private static readonly Gen<IPAddress> s_address = Gen.OneOf(s_addresses).Select(IPAddress.Parse);

    private static readonly Gen<uint> s_number = Gen.OneOf(Gen.UInt[0, 5], Gen.UInt[440, 445], Gen.UInt[65_530, 65_535]);

    private static readonly Gen<SocketRecord> s_socket = Gen.Select(Gen.Enum<TcpState>(), Gen.Bool, Gen.Select(s_address, s_address), Gen.Select(s_number, s_number), Gen.Select(s_number, s_number),
        Gen.Select(s_number, Gen.UInt[0, 1])).Select((state, four, addresses, ports, queues, owner) => new SocketRecord
        {
            State = state,
            Family = four ? SocketFamily.IPv4 : SocketFamily.IPv6,
            Local = new TcpEndpoint(Of(addresses.Item1), (ushort)ports.Item1),
            Remote = new TcpEndpoint(Of(addresses.Item2), (ushort)ports.Item2),
            ReceiveQueue = queues.Item1,
            SendQueue = queues.Item2,
            UserId = owner.Item1,
            Inode = owner.Item2,
        });

    private static readonly Gen<Word> s_word = Gen.Select(Gen.Bool, Gen.OneOf(
        Values("state", Gen.Enum<TcpState>().Select(state => new Value(state.Info().Name, s => s.State == state))),
        Values("port", Range((s, has) => has(s.Local.Port) || has(s.Remote.Port))),
        Values("lport", Range((s, has) => has(s.Local.Port))),
        Values("dport", Range((s, has) => has(s.Remote.Port))),
        Values("addr", Prefix((s, has) => has(s.Local.Address) || has(s.Remote.Address))),
        Values("src", Prefix((s, has) => has(s.Local.Address))),
        Values("remote", Prefix((s, has) => has(s.Remote.Address))),
        Values("family", Gen.OneOf(new Value("4", s => s.Family == SocketFamily.IPv4), new Value("ipv6", s => s.Family == SocketFamily.IPv6))),
        Values("owned", Gen.OneOf(new Value("yes", s => s.Inode != 0), new Value("no", s => s.Inode == 0))),
        Values("mapped", Gen.OneOf(new Value("yes", s => s.IsV4Mapped), new Value("no", s => !s.IsV4Mapped))),
        Values("uid", Range((s, has) => s.Inode != 0 && has(s.UserId))),
        Values("recvq", Comparison(s => s.ReceiveQueue)),
        Values("sendq", Comparison(s => s.SendQueue)),
        Values("netns", Gen.OneOf(new Value("web", _ => true), new Value("7", _ => true)), everywhere: true)))
        .Select((negated, word) => negated ? new Word("!" + word.Text, word.Everywhere ? word.Holds : s => !word.Holds(s), word.Everywhere) : word);

    private static readonly Gen<Word[]> s_filter = s_word.Array[0, 4];

    private static readonly Gen<string> s_nearlyFilter = Gen.OneOf(
        Gen.String,
        Gen.OneOf("state", "port", ":", ",", "!", "-", " ", "close_wait", "clos_wait", "443", "0-70000", "10.0.0.0/8", "::1/64", "[", "]", ">", "<=", "=", "：", "，", "网", "\ud83d", "\u0301", "\t", "\u001b", "netns", "recvq", "yes", "é")
            .Array[0, 12].Select(string.Concat),
        Gen.Char[" !,-./0123456789:<=>abcdefilmnopqrstuwy[]_"].Array[0, 30].Select(characters => new string(characters)));

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place_inside_it() => s_nearlyFilter.Sample(
        text =>
        {
            if (SocketFilter.TryParse(text, out var filter, out var error))
            {
                Assert.Equal(filter, FilterWords.Parse(filter.ToString()));
                return;
            }

            Assert.InRange(error.Position, 0, text.Length);
            Assert.InRange(error.Length, 1, text.Length - error.Position);
            foreach (var language in Enum.GetValues<Language>())
            {
                Assert.NotEmpty(error.Message.In(language));
                Assert.Equal(1, error.Render(language).Count(char.IsControl));
            }
        },
        iter: 20_000);

    [Fact]
    public void The_canonical_form_means_the_same() => Gen.Select(s_filter, s_socket.Array[20]).Sample(
        (words, sockets) =>
        {
            var filter = FilterWords.Parse(Text(words));
            var again = FilterWords.Parse(filter.ToString());
            Assert.Equal(filter, again);
            Assert.Equal(filter.GetHashCode(), again.GetHashCode());
            Assert.Equal(filter.ToString(), again.ToString());
            Assert.Equal(filter.States, again.States);
            Assert.Equal(filter.Namespaces.Length, again.Namespaces.Length);
            foreach (var socket in sockets)
                Assert.Equal(filter.Matches(socket), again.Matches(socket));
        },
        iter: 3_000);

    [Fact]
    public void Matches_agrees_with_a_naive_reading() => Gen.Select(s_filter, s_socket.Array[20]).Sample(
        (words, sockets) =>
        {
            var filter = FilterWords.Parse(Text(words));
            foreach (var socket in sockets)
            {
                bool expected = words.All(word => word.Holds(socket));
                Assert.Equal(expected, filter.Matches(socket));
                Assert.True(!expected || filter.States.Contains(socket.State), "the kernel would not have been asked");
            }
        },
        iter: 3_000);

    private static string Text(Word[] words) => string.Join(' ', words.Select(word => word.Text));

    private static IpAddress Of(IPAddress address) => address.GetAddressBytes() is { Length: 4 } four ? IpAddress.FromV4(four) : IpAddress.FromV6(address.GetAddressBytes());

    private static Gen<Word> Values(string key, Gen<Value> value, bool everywhere = false) => value.Array[1, 3].Select(values =>
        new Word($"{key}:{string.Join(',', values.Select(v => v.Text))}", socket => values.Any(v => v.Holds(socket)), everywhere));

    private static Gen<Value> Range(Func<SocketRecord, Func<uint, bool>, bool> holds) => Gen.Select(s_number, s_number).Select((one, other) =>
    {
        uint low = Math.Min(one, other);
        uint high = Math.Max(one, other);
        return new Value(low == high ? $"{low}" : $"{low}-{high}", socket => holds(socket, number => number >= low && number <= high));
    });

    private static Gen<Value> Prefix(Func<SocketRecord, Func<IpAddress, bool>, bool> holds) => Gen.Select(s_address, Gen.Int[0, 128]).Select((address, bits) =>
    {
        bool four = address.GetAddressBytes().Length == 4;
        int length = four ? bits / 4 : bits;
        var bytes = address.GetAddressBytes();
        for (int bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        var network = new IPNetwork(new IPAddress(bytes), length);
        return new Value($"{address}/{length}", socket => holds(socket, candidate => candidate.IsV4 == four && network.Contains(IPAddress.Parse(candidate.ToString()))));
    });

    private static Gen<Value> Comparison(Func<SocketRecord, uint> queue) => Gen.Select(Gen.OneOf(">", ">=", "<=", "="), s_number).Select((sign, border) =>
        new Value($"{sign}{border}", socket => !socket.IsListener && sign switch
        {
            ">" => queue(socket) > border,
            ">=" => queue(socket) >= border,
            "<=" => queue(socket) <= border,
            _ => queue(socket) == border,
        }));

    private sealed record Value(string Text, Func<SocketRecord, bool> Holds);

    private sealed record Word(string Text, Func<SocketRecord, bool> Holds, bool Everywhere);
}
