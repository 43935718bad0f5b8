#!/usr/bin/perl
# The life in the pictures: a server on loopback, in both families, whose load swells and falls, and which forgets to close every eighth connection.
use strict;
use warnings;
use Socket qw(:DEFAULT IN6ADDR_LOOPBACK pack_sockaddr_in6);

my @listeners;
for my $address (pack_sockaddr_in(8080, INADDR_LOOPBACK), pack_sockaddr_in6(8080, IN6ADDR_LOOPBACK)) {
    socket my $listener, sockaddr_family($address), SOCK_STREAM, 0 or die "socket: $!";
    bind $listener, $address or die "bind: $!";
    listen $listener, 128 or die "listen: $!";
    push @listeners, $listener;
}

my (@open, @forgotten);
for (my $tick = 0; ; $tick++) {
    for (1 .. 6 + 5 * sin $tick / 9) {
        my $listener = $listeners[rand() < .3];
        my $address = getsockname $listener;
        socket my $client, sockaddr_family($address), SOCK_STREAM, 0 or last;
        connect $client, $address or last;
        accept my $server, $listener or last;
        push @open, [$client, $server];
    }
    while (@open > 40 + 30 * sin $tick / 13) {
        my ($client, $server) = @{shift @open};
        close $client;
        if (rand() < 1 / 8) { push @forgotten, $server }
        else { close $server }
    }
    select undef, undef, undef, 0.2;
}
