using CsCheck;
using TcpLens.Core.Owners;
using Xunit;

namespace TcpLens.UnitTests.Owners;

public sealed class SecretsInCommandLines
{
    [Theory]
    [InlineData("mysqldump --user root --password hunter2 shop", "mysqldump --user root --password *** shop")]
    [InlineData("redis-server *:6379 --requirepass hunter2", "redis-server *:6379 --requirepass ***")]
    [InlineData("java -Dspring.datasource.password=hunter2&x;y -jar shop.jar", "java -Dspring.datasource.password=*** -jar shop.jar")]
    [InlineData("env PGPASSWORD=hunter2 AWS_SECRET_ACCESS_KEY=hunter2 API_KEY= pg_dump", "env PGPASSWORD=*** AWS_SECRET_ACCESS_KEY=*** API_KEY= pg_dump")]
    [InlineData("agent --api-key=hunter2 --Token hunter2", "agent --api-key=*** --Token ***")]
    [InlineData("worker amqp://shop:hunter2@queue:5672/jobs", "worker amqp://shop:***@queue:5672/jobs")]
    [InlineData("worker redis://:p@ss@cache", "worker redis://:***@cache")]
    [InlineData("web jdbc:mysql://db/shop?user=a&password=hunter2&ssl=on", "web jdbc:mysql://db/shop?user=a&password=***&ssl=on")]
    public void A_secret_is_masked(string line, string expected) => Assert.Equal(expected, SecretArguments.Join(line.Split(' ')));

    [Fact]
    public void A_word_with_spaces_may_hold_several() =>
        Assert.Equal("psql host=db password=*** user=a pwd=***", SecretArguments.Join(["psql", "host=db password=hunter2 user=a pwd=hunter2"]));

    [Theory]
    [InlineData("nginx: master process /usr/sbin/nginx -g daemon off;")]
    [InlineData("serve --token-file /run/token --password-file=/run/secret")]
    [InlineData("ssh --no-password --verbose host")]
    [InlineData("curl https://example.org:8443/a:b@c")]
    [InlineData("git credential-store get")]
    [InlineData("=a == -= --=")]
    public void Everything_else_stays(string line) => Assert.Equal(line, SecretArguments.Join(line.Split(' ')));

    [Fact]
    public void Any_words_are_taken() => Gen.String.Array.Sample(words => { _ = SecretArguments.Join(words); });
}
