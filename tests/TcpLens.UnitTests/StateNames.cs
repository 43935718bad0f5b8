using TcpLens.Core.Model;
using Xunit;

namespace TcpLens.UnitTests;

public sealed class StateNames
{
    [Theory]
    [InlineData("SYN-RECEIVED", TcpState.SynRecv)]
    [InlineData("SYN_RECV", TcpState.SynRecv)]
    [InlineData("syn_received", TcpState.SynRecv)]
    [InlineData("synrecv", TcpState.SynRecv)]
    [InlineData("TCP_FIN_WAIT1", TcpState.FinWait1)]
    [InlineData("fin_wait_2", TcpState.FinWait2)]
    [InlineData("ESTAB", TcpState.Established)]
    [InlineData("UNCONN", TcpState.Close)]
    [InlineData("CLOSED", TcpState.Close)]
    [InlineData("关闭等待", TcpState.CloseWait)]
    public void Every_spelling_in_use_finds_its_state(string spelling, TcpState state)
    {
        Assert.True(TcpStates.TryParse(spelling, out var info));
        Assert.Equal(state, info.State);
    }

    [Fact]
    public void All_eleven_states_are_there_once() =>
        Assert.Equal(Enum.GetValues<TcpState>().Order(), TcpStates.All.Select(info => info.State).Order());
}
