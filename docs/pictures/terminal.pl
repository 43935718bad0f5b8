#!/usr/bin/perl
# Turns what `tmux capture-pane -e -p` prints (ANSI colours) into a page that looks like the terminal. Every character
# beyond ASCII gets the cell that a terminal gives it, so that Chinese stays in its columns.
use strict;
use warnings;
use open qw(:std :encoding(UTF-8));

my ($cell, $line, $margin) = (8, 18, 14);    # a font size whose cells are whole pixels, so that bars have no seams
my @ansi = ('#5c6370', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#dcdfe4');
my (%style, @rows);

sub colour {
    my ($codes) = @_;
    my $code = shift @$codes // 5;
    return sprintf '#%02x%02x%02x', splice @$codes, 0, 3 if $code == 2;
    return $ansi[(shift @$codes) % 8];
}

sub apply {
    my @codes = split /[;:]/, shift;
    @codes = (0) unless @codes;
    while (@codes) {
        my $code = shift @codes;
        if ($code == 0) { %style = () }
        elsif ($code == 1) { $style{'font-weight'} = 'bold' }
        elsif ($code == 2) { $style{opacity} = '.55' }
        elsif ($code == 4) { $style{'text-decoration'} = 'underline' }
        elsif ($code == 22) { delete @style{qw(font-weight opacity)} }
        elsif ($code == 24) { delete $style{'text-decoration'} }
        elsif ($code == 38) { $style{color} = colour(\@codes) }
        elsif ($code == 39) { delete $style{color} }
        elsif ($code == 48) { $style{background} = colour(\@codes) }
        elsif ($code == 49) { delete $style{background} }
        elsif ($code >= 30 && $code <= 37) { $style{color} = $ansi[$code - 30] }
        elsif ($code >= 90 && $code <= 97) { $style{color} = $ansi[$code - 90] }
    }
}

sub cells {
    my ($text) = @_;
    $text =~ s/&/&amp;/g;
    $text =~ s/</&lt;/g;
    $text =~ s{([\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{f900}-\x{faff}\x{fe30}-\x{fe6f}\x{ff00}-\x{ff60}\x{ffe0}-\x{ffe6}])|([^\x00-\x7f])}
             {defined $1 ? "<b>$1</b>" : "<i>$2</i>"}ge;
    return $text;
}

while (my $row = <STDIN>) {
    chomp $row;
    my $html = '';
    for my $piece (split /(\e\[[0-9;:]*m)/, $row) {
        if ($piece =~ /^\e\[([0-9;:]*)m$/) { apply($1); next }
        next if $piece eq '';
        my $css = join ';', map { "$_:$style{$_}" } sort keys %style;
        $html .= $css ? "<span style=\"$css\">" . cells($piece) . '</span>' : cells($piece);
    }
    push @rows, $html;
}
pop @rows while @rows && $rows[-1] eq '';

my $width = int(80 * $cell + 2 * $margin + 1);
my $height = $line * @rows + 2 * $margin;
print <<"PAGE";
<!doctype html><meta charset="utf-8"><style>
html { background: #1b1e24 }
body { margin: ${margin}px; color: #dcdfe4; font: 13.288px/${line}px "DejaVu Sans Mono", "Noto Sans CJK SC", monospace }
div { height: ${line}px; white-space: pre }
i, b { display: inline-block; height: ${line}px; vertical-align: top; font-style: normal; width: ${cell}px }
b { width: @{[2 * $cell]}px; font-weight: inherit; text-align: center; font-size: 14.5px }
</style>
<body data-width="$width" data-height="$height">
PAGE
print "<div>$_</div>\n" for @rows;
