#!/usr/bin/perl
# The life in the pictures of the pages: programs of one host that call each other over loopback. orders-api forgets to close, mailer does not accept,
# and billing makes a connection for each question, so that its ports run low.
use strict;
use warnings;
use Socket qw(:DEFAULT IN6ADDR_ANY IPV6_V6ONLY IPPROTO_IPV6 pack_sockaddr_in6);
use Time::HiRes qw(sleep);

my @programs;

# program NAME, WORK: a process of that name, which stays when its work is done.
sub program {
    my ($name, $work) = @_;
    my $process = fork // die "fork: $!";
    if ($process) { push @programs, $process; return }
    $SIG{TERM} = 'DEFAULT';
    $0 = $name;
    my @held = $work->();
    sleep 1 while 1;
}

sub listening {
    my ($address, $backlog) = @_;
    socket my $listener, sockaddr_family($address), SOCK_STREAM, 0 or die "socket: $!";
    setsockopt $listener, IPPROTO_IPV6, IPV6_V6ONLY, 1 if sockaddr_family($address) == AF_INET6;
    bind $listener, $address or die "bind: $!";
    listen $listener, $backlog or die "listen: $!";
    return $listener;
}

sub at { pack_sockaddr_in($_[0], INADDR_ANY) }
sub inside { pack_sockaddr_in($_[0], INADDR_LOOPBACK) }

# Whoever is called may not listen yet.
sub calling {
    my ($port) = @_;
    socket my $caller, AF_INET, SOCK_STREAM, 0 or die "socket: $!";
    sleep 0.1 until connect $caller, inside($port);
    return $caller;
}

sub hold {
    my ($port, $count) = @_;
    return map { calling($port) } 1 .. $count;
}

sub churn {
    my ($port, $each_second) = @_;
    while (1) {
        close calling($port);
        sleep 1 / $each_second;
    }
}

# Takes everybody, and ends with whoever ends, but for one in $forgets.
sub serve {
    my ($listener, $forgets) = @_;
    my ($watched, $ended, %open, @forgotten) = ('', 0);
    vec($watched, fileno $listener, 1) = 1;
    while (1) {
        select my $ready = $watched, undef, undef, undef;
        for my $number (grep { vec $ready, $_, 1 } keys %open) {
            next if sysread $open{$number}, my $data, 512;
            vec($watched, $number, 1) = 0;
            my $peer = delete $open{$number};
            if ($forgets && ++$ended % $forgets == 0) { push @forgotten, $peer }
            else { close $peer }
        }
        if (vec $ready, fileno $listener, 1) {
            accept my $peer, $listener or next;
            $open{fileno $peer} = $peer;
            vec($watched, fileno $peer, 1) = 1;
        }
    }
}

program 'postgres', sub { serve(listening(inside(5432), 200)) };
program 'redis-server', sub { serve(listening(inside(6379), 511)) };
program 'nginx', sub { serve(listening(at(443), 511)) };
program 'nginx', sub { serve(listening(pack_sockaddr_in6(443, IN6ADDR_ANY), 511)) };
program 'mailer', sub { listening(at(8025), 10) };
program 'orders-api', sub {
    my @pool = hold(5432, 140);
    serve(listening(at(8080), 128), 3);
};
program 'nginx', sub {
    my @upstream = hold(8080, 60);
    churn(8080, 3);
};
program 'haproxy', sub { hold(443, 90) };
program 'smtp-out', sub { hold(8025, 7) };
program 'billing', sub {
    my @pool = hold(6379, 24);
    churn(6379, 58);
};
$SIG{TERM} = sub { kill TERM => @programs; exit };
sleep 1 while 1;
