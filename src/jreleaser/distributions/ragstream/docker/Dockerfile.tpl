# {{jreleaserCreationStamp}}
FROM {{dockerBaseImage}}

{{#dockerLabels}}
LABEL {{.}}
{{/dockerLabels}}

COPY assembly/ /opt/ragstream/
RUN ln -s /opt/ragstream/bin/ragstream /usr/local/bin/ragstream

WORKDIR /work
ENTRYPOINT ["ragstream"]
