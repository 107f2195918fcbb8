using System.Reflection;
using CrmSync.Scim.Tests.Scimmy;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("CrmSync.Scim.Tests.Support.ScimmyFramework", "CrmSync.Directory.Scim.Tests")]

namespace CrmSync.Scim.Tests.Support;

/// <summary>Tests that need scimmy; where it cannot be started they are skipped, and say what is missing.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsScimmyAttribute : Attribute;

/// <summary>The usual framework but for what is skipped: the contract suites bring attributes of their own, which know nothing of scimmy.</summary>
public sealed class ScimmyFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName name, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkExecutor(name, sources, messages)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(testCases.Select(Choose), executionMessageSink, executionOptions);

        private IXunitTestCase Choose(IXunitTestCase test) =>
            ScimmyServer.Missing is not null && test.TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsScimmyAttribute)).Any()
                ? new SkippedCase(DiagnosticMessageSink, test) : test;
    }

    private sealed class SkippedCase : XunitTestCase
    {
        public SkippedCase(IMessageSink messages, IXunitTestCase test)
            : base(messages, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, test.TestMethod, test.TestMethodArguments)
        {
        }

        [Obsolete("The framework reads cases back with it.")]
        public SkippedCase()
        {
        }

        protected override string GetSkipReason(IAttributeInfo factAttribute) => ScimmyServer.Missing!;
    }
}
