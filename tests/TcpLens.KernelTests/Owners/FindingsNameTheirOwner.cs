using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Owners;
using TcpLens.Linux.Reading;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Owners;

/// <summary>A program that really leaks or does not accept is named by the finding.</summary>
public sealed class FindingsNameTheirOwner
{
    [Fact]
    public void A_leak_of_CLOSE_WAIT_and_a_full_accept_queue_are_those_of_their_programs()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var idle = new PerlProcess("my $l = IO::Socket::INET->new(Listen => 4, LocalAddr => '127.0.0.1') or die; sleep_on($l->sockport);");
            using var leaking = new PerlProcess("my $l = listener(); say_ready($l->sockport); my @c; push @c, scalar $l->accept for 1..20; sleep_on();");
            using var client = new PerlProcess($"my @q = map {{ client({idle.Words[0]}) }} 1..5; my @c = map {{ client({leaking.Words[0]}) }} 1..20; say_ready(); await(); @c = (); sleep_on();");
            leaking.GoOn();
            client.GoOn();
            using var sockets = new HostReader(TimeProvider.System, SourceChoice.Netlink);
            var counting = new OwnerCounting();
            using var owners = new OwnerReader(sockets, TimeProvider.System);
            var passes = owners.Stream(null, null, StateMask.All, counting.In);
            var doctor = new Diagnostician(TimeSpan.FromSeconds(3)) { Owners = counting.ToCensus(passes) };
            var health = Health.Unknown;
            for (int i = 0; i < 5; i++)
                health = doctor.Next(sockets.ReadDetailed(), null, null, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(i));
            Assert.Equal($"perl({leaking.Id})", Assert.Single(health.Open, one => one.Finding.Rule == "close_wait_leak").Finding.Subject.Owner);
            Assert.Equal($"perl({idle.Id})", Assert.Single(health.Open, one => one.Finding.Rule == "accept_queue").Finding.Subject.Owner);
            return true;
        });
    }

    [Fact]
    public void A_program_whose_descriptors_run_out_is_found_and_no_longer_when_it_has_closed_them()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var idle = new PerlProcess("my $l = listener(); sleep_on($l->sockport);");
            using var greedy = new PerlProcess($"my $c = client({idle.Words[0]}); my @f; while (@f < 1000) {{ open(my $h, '<', '/dev/null') or last; push @f, $h; }} say_ready(scalar @f); await(); @f = (); sleep_on();", descriptors: 40);
            using var sockets = new HostReader(TimeProvider.System, SourceChoice.Netlink);
            var full = Judge();
            Assert.Equal(($"perl({greedy.Id})", TcpLens.Core.Monitoring.Severity.Critical, 40), (full!.Subject.Key, full.Level, full.Evidence[1].Value));
            // Numbers above the limit may be inherited.
            Assert.InRange(full.Evidence[0].Value, 40, 50);
            greedy.GoOn();
            Assert.Null(Judge());
            return true;

            Finding? Judge()
            {
                var counting = new OwnerCounting();
                using var owners = new OwnerReader(sockets, TimeProvider.System);
                var census = counting.ToCensus(owners.Stream(null, null, StateMask.All, counting.In));
                var judged = RuleTable.Find("descriptors")!.Apply(new DiagnosisInput { Own = sockets.ReadDetailed(), Owners = census with { Descriptors = new DescriptorReader().Read(census.Busiest) } });
                Assert.NotEqual(CheckResult.Unknown, judged.Result);
                return judged.Findings.SingleOrDefault();
            }
        });
    }
}
